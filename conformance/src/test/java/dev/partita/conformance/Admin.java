package dev.partita.conformance;

import dev.partita.testing.reference.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/** What curl would say to the admin endpoint of a server. */
final class Admin {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final RawClient client;
  private final URI address;

  Admin(Server server) {
    this.client = server.raw();
    this.address = server.address();
  }

  RawClient.Answer get(String path) {
    return client.send(request(path).GET().build());
  }

  /** Posts a body, in which apostrophes stand for quotation marks. */
  RawClient.Answer post(String path, String body) {
    return client.postToAdmin(path, body);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve("/_partita/" + path)).timeout(TIMEOUT);
  }

  /** Sets a test control, which must succeed; {@code parameters} is the inside of an object. */
  Json.ObjectOf control(String name, String parameters) {
    RawClient.Answer answer = post("test-controls/" + name, "{" + parameters + "}");
    if (answer.status() != 200) {
      throw new AssertionError(name + " " + parameters + ": " + answer.text());
    }
    return answer.json();
  }

  /** Takes back all test controls. */
  void reset() {
    control("reset", "");
  }
}
