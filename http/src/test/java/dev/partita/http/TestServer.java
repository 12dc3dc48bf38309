package dev.partita.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** A running server and what tests ask of it. */
final class TestServer implements AutoCloseable {
  static {
    LeakRecorder.install();
  }

  private static final long WAIT_NANOS_MAX = 5_000_000_000L;

  final HttpServer server;
  final InetSocketAddress address;

  /** The handler of this test leaves requests unanswered for good. */
  boolean leavesRequestsUnanswered;

  TestServer(RequestHandler handler) throws IOException {
    this(HttpServerConfiguration.builder(), handler);
  }

  TestServer(HttpServerConfiguration.Builder configuration, RequestHandler handler)
      throws IOException {
    this(configuration, handler, SocketTransport.best());
  }

  TestServer(
      HttpServerConfiguration.Builder configuration,
      RequestHandler handler,
      SocketTransport transport)
      throws IOException {
    server =
        new HttpServer(
            configuration.port(0).build(),
            handler,
            new TextErrorPages(),
            Clock.SYSTEM,
            new SplittableRandom(1),
            transport);
    address = server.start();
  }

  /** Answers with method, path and body. */
  static void echo(HttpRequest request, Responder responder) {
    String head = request.method() + " " + request.path() + " ";
    byte[] body = new byte[head.length() + request.body().length];
    for (int i = 0; i < head.length(); i++) {
      body[i] = (byte) head.charAt(i);
    }
    System.arraycopy(request.body(), 0, body, head.length(), request.body().length);
    responder.respond(() -> new HttpResponse(200, "text/plain", body));
  }

  WireClient connect() throws IOException {
    return new WireClient(address);
  }

  /** Waits until {@code condition} holds, at most 5 s. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long start = Clock.SYSTEM.monotonicNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(Clock.SYSTEM.monotonicNanos() - start < WAIT_NANOS_MAX, what);
      Thread.sleep(2);
    }
  }

  /** Waits until nothing is held for any client. */
  void awaitQuiet() throws InterruptedException {
    await("open connections", () -> server.openConnections() == 0);
    await("requests in flight", () -> server.requestsInFlight() == 0);
    await("buffered bytes", () -> server.bufferedBytes() == 0);
  }

  @Override
  public void close() {
    server.close();
    assertEquals(0, server.openConnections());
    if (!leavesRequestsUnanswered) {
      assertEquals(0, server.requestsInFlight());
      assertEquals(0, server.bufferedBytes());
    }
  }
}
