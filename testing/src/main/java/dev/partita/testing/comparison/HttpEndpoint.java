package dev.partita.testing.comparison;

import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.generator.RequestPrinter;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Operation.ReadStream;
import dev.partita.testing.reference.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A server that speaks DynamoDB's JSON 1.0 over HTTP. Throttled requests, which change nothing, are
 * sent again after a pause, as SDKs do.
 */
public final class HttpEndpoint implements Endpoint {

  private static final Set<String> THROTTLED =
      Set.of(
          "ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException");
  private static final int ATTEMPTS_MAX = 12;
  private static final long PAUSE_MILLIS_MAX = 2_000;

  private final URI endpoint;
  private final Duration timeout;
  private final HttpClient client;
  private final RequestSigner signer;

  /** A server that knows these credentials, or takes any; an answer may take 30 seconds. */
  public HttpEndpoint(URI endpoint, String accessKey, String secretKey) {
    this(endpoint, accessKey, secretKey, Duration.ofSeconds(30));
  }

  /** A server that must answer within the timeout. */
  public HttpEndpoint(URI endpoint, String accessKey, String secretKey, Duration timeout) {
    this.endpoint = endpoint;
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
    this.signer = new RequestSigner(accessKey, secretKey, "us-east-1", Clock.systemUTC());
  }

  /** Sends the operation; fails with {@link EndpointUnavailableException} if no answer comes. */
  @Override
  public Reply send(GeneratedOperation operation) {
    if (operation.operation() instanceof ReadStream read) {
      return new StreamReader(this).read(read.table());
    }
    Json.ObjectOf request = RequestPrinter.print(operation);
    return patiently(() -> post(operation.operation().name(), request));
  }

  /** Sends a request again as long as it is throttled, up to a limit. */
  static Reply patiently(Supplier<Reply> request) {
    long pauseMillis = 25;
    for (int attempt = 1; true; attempt++) {
      Reply reply = request.get();
      if (!THROTTLED.contains(reply.errorType()) || attempt == ATTEMPTS_MAX) {
        return reply;
      }
      pause(pauseMillis);
      pauseMillis = Math.min(PAUSE_MILLIS_MAX, pauseMillis * 2);
    }
  }

  /** The same server, without a second attempt after a throttle. */
  public Endpoint once() {
    return operation -> post(operation.operation().name(), RequestPrinter.print(operation));
  }

  /**
   * Sends one request body, once.
   *
   * @param operation the operation's name in the API
   */
  public Reply post(String operation, Json.ObjectOf request) {
    return postTo("DynamoDB_20120810." + operation, request);
  }

  /** Sends one request of the Streams API, once. */
  public Reply postToStreams(String operation, Json.ObjectOf request) {
    return postTo("DynamoDBStreams_20120810." + operation, request);
  }

  private Reply postTo(String target, Json.ObjectOf request) {
    byte[] body = request.print().getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(endpoint)
            .timeout(timeout)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", target)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    signer.sign(endpoint, target, body).forEach(builder::header);
    try {
      HttpResponse<String> response =
          client.send(builder.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return reply(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new EndpointUnavailableException("no answer to " + target, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EndpointUnavailableException("interrupted", e);
    }
  }

  static Reply reply(int status, String body) {
    Json parsed;
    try {
      parsed = Json.parse(body);
    } catch (UncheckedIOException e) {
      throw new EndpointUnavailableException("status " + status + ", not JSON: " + body, e);
    }
    if (!(parsed instanceof Json.ObjectOf object)) {
      throw new EndpointUnavailableException("status " + status + ", no JSON object: " + body);
    }
    if (status == 200) {
      return new Reply(status, "", "", object);
    }
    String type = object.text("__type").orElse("status " + status);
    String message = object.text("message").or(() -> object.text("Message")).orElse("");
    return new Reply(
        status,
        type.substring(type.indexOf('#') + 1),
        message,
        object.without("__type").without("message").without("Message"));
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EndpointUnavailableException("interrupted", e);
    }
  }
}
