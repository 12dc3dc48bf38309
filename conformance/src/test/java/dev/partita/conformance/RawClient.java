package dev.partita.conformance;

import dev.partita.testing.reference.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Sends bodies as they are, right or wrong, and shows answers as they came. */
public final class RawClient implements AutoCloseable {
  static final String TARGET_PREFIX = "DynamoDB_20120810.";
  static final String STREAMS_TARGET_PREFIX = "DynamoDBStreams_20120810.";
  static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/dynamodb/aws4_request,"
          + " SignedHeaders=host;x-amz-date;x-amz-target, Signature="
          + "0".repeat(64);

  private static final Duration ADMIN_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  public RawClient(URI address) {
    this.address = address;
  }

  /** An answer; the bytes are as sent, compressed if they came so. */
  public record Answer(int status, HttpHeaders headers, byte[] bytes) {
    public String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    public Json.ObjectOf json() {
      return (Json.ObjectOf) Json.parse(text());
    }

    /** The error's short name, empty if there is none. */
    public String errorType() {
      String type = json().text("__type").orElse("");
      return type.substring(type.indexOf('#') + 1);
    }

    public String message() {
      Json.ObjectOf json = json();
      return json.text("message").or(() -> json.text("Message")).orElse("");
    }

    public Optional<String> header(String name) {
      return headers.firstValue(name);
    }

    /** Status, type and text of an error in one line, to compare all three at once. */
    public String error() {
      return status + " " + errorType() + ": " + message();
    }
  }

  /** Posts a body to an operation. Apostrophes stand for quotation marks. */
  public Answer post(String operation, String body) {
    return send(operation, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** As {@link #post}, to an operation of streams. */
  Answer postToStreams(String operation, String body) {
    return send(
        operation,
        body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
        Map.of("X-Amz-Target", STREAMS_TARGET_PREFIX + operation));
  }

  /** As {@link #post}, to a path below the admin endpoint's. */
  public Answer postToAdmin(String path, String body) {
    return send(
        HttpRequest.newBuilder(address.resolve("/_partita/" + path))
            .timeout(ADMIN_TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .build());
  }

  /** Posts a body with further headers. */
  Answer send(String operation, byte[] body, Map<String, String> headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", TARGET_PREFIX + operation)
            .header("X-Amz-Date", "20260101T000000Z")
            .header("Authorization", AUTHORIZATION)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(builder::setHeader);
    return send(builder.build());
  }

  /** Sends any request. */
  Answer send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
