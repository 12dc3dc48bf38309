package dev.partita.cli;

import dev.partita.server.admin.AdminEndpoint;
import dev.partita.server.admin.AdminException;
import dev.partita.server.admin.AdminJson;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Sends commands to the admin endpoint of a server. */
final class AdminClient {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final URI endpoint;

  /**
   * A client of a server.
   *
   * @param endpoint where it listens, as for an SDK
   */
  AdminClient(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Asks for what is under a path. */
  String get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /** Tells the server to do something; how long that takes is its own affair. */
  String post(String path, Map<String, ?> parameters) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(AdminJson.write(parameters))));
  }

  private HttpRequest.Builder request(String path) throws IOException {
    String base = endpoint.toString();
    try {
      String directory = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
      return HttpRequest.newBuilder(URI.create(directory + AdminEndpoint.PATH + path));
    } catch (IllegalArgumentException isNone) {
      throw new IOException(endpoint + " is not an http:// address", isNone);
    }
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .build()) {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() != OK) {
        throw new IOException(error(response));
      }
      return response.body();
    } catch (ConnectException refused) {
      throw new IOException("nobody listens on " + endpoint, refused);
    }
  }

  private static String error(HttpResponse<String> response) {
    try {
      byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
      if (AdminJson.read(body).get("Error") instanceof String error) {
        return error;
      }
    } catch (AdminException isNone) {
      // An answer of another program.
    }
    return "answered with status " + response.statusCode() + "; is it a server of Partita?";
  }
}
