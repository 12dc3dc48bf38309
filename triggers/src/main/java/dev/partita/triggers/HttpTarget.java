package dev.partita.triggers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Posts each batch as the event that a Lambda function receives. An answer of 200 to 299 is
 * success, unless it has the header {@code X-Amz-Function-Error}, with which Lambda says that a
 * function has failed. Redirects are not followed.
 */
public final class HttpTarget implements TriggerHandler, AutoCloseable {
  private static final int ANSWER_BYTES_MAX = 1 << 20;
  private static final int EXCERPT_BYTES = 1000;

  private final URI url;
  private final Map<String, String> headers;
  private final boolean reportsItemFailures;
  private final Duration timeout;
  private final BoundedHttp http = new BoundedHttp();

  /**
   * Posts to {@code url}.
   *
   * @param headers sent with every request beside Content-Type
   * @param reportsItemFailures whether the answer's body says which records have failed: {@code
   *     {"batchItemFailures":[{"itemIdentifier":"SEQUENCE NUMBER"}]}}
   * @param timeout of a request, with its answer
   * @throws IllegalArgumentException if the URL or a header cannot be
   */
  public HttpTarget(
      URI url, Map<String, String> headers, boolean reportsItemFailures, Duration timeout) {
    TriggerSettings.requireHttp(url, "the URL");
    this.url = url;
    this.headers = Map.copyOf(headers);
    this.reportsItemFailures = reportsItemFailures;
    this.timeout = timeout;
    request(new byte[0]);
  }

  private HttpRequest request(byte[] body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    request.setHeader("Content-Type", "application/json");
    headers.forEach(request::setHeader);
    return request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
  }

  @Override
  public DeliveryOutcome handle(StreamBatch batch) throws InterruptedException {
    HttpResponse<byte[]> response;
    try {
      response = http.send(request(batch.eventJson()), timeout, ANSWER_BYTES_MAX);
    } catch (IOException e) {
      return new DeliveryOutcome.Failed(url + ": " + e.getMessage());
    }
    Optional<String> functionError = response.headers().firstValue("X-Amz-Function-Error");
    int status = response.statusCode();
    if (status < 200 || status > 299 || functionError.isPresent()) {
      String error = functionError.map(text -> ", " + text).orElse("");
      return new DeliveryOutcome.Failed(
          "HTTP " + status + error + ": " + Excerpt.of(response.body(), EXCERPT_BYTES));
    }
    return reportsItemFailures
        ? BatchItemFailures.read(response.body())
        : new DeliveryOutcome.Delivered();
  }

  @Override
  public void close() {
    http.close();
  }
}
