package dev.partita.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sends the few requests around a benchmark one at a time, signed if the target wants it. */
final class ControlClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final BenchmarkSettings.Target target;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  ControlClient(BenchmarkSettings.Target target) {
    this.target = target;
  }

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param body as sent
   */
  record Answer(int status, String body) {
    boolean ok() {
      return status == 200;
    }

    String errorType() {
      return ErrorType.of(status, body.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Sends a request and waits for the answer, at most 30 s. */
  Answer send(String operation, String body) throws IOException, InterruptedException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    URI uri = target.endpoint().resolve("/");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes));
    headers(operation, bytes)
        .forEach((name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!lower.equals("host") && !lower.equals("content-length")) {
            values.forEach(value -> request.header(name, value));
          }
        });
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      String cause = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new IOException("cannot reach " + target.endpoint() + ": " + cause, e);
    }
  }

  private Map<String, List<String>> headers(String operation, byte[] body) {
    return target
        .credentials()
        .map(credentials ->
            new RequestSigner(target.endpoint(), target.region(), credentials)
                .sign(operation, body))
        .orElseGet(() ->
            Map.of(
                "Content-Type", List.of("application/x-amz-json-1.0"),
                "X-Amz-Date", List.of(UnsignedRequests.DATE + "T000000Z"),
                "X-Amz-Target", List.of("DynamoDB_20120810." + operation),
                "Authorization", List.of(UnsignedRequests.authorization(target.region()))));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
