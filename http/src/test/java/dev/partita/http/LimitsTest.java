package dev.partita.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Clock;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class LimitsTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  @AfterAll
  static void noLeaks() throws InterruptedException {
    LeakRecorder.assertNoLeaks();
  }

  private static HttpServerConfiguration.Builder configuration() {
    return HttpServerConfiguration.builder();
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 40})
  void refusesTooLongBodiesAndLetsTheClientReadWhy(int megabytes) throws Exception {
    try (TestServer server = new TestServer(TestServer::echo)) {
      byte[] piece = new byte[1 << 20];
      try (WireClient client = server.connect()) {
        client.send("POST / HTTP/1.1\r\nContent-Length: " + ((long) megabytes << 20) + "\r\n\r\n");
        for (int i = 0; i < megabytes; i++) {
          client.send(piece);
        }
        assertTooLarge(client);
      }
      try (WireClient client = server.connect()) {
        client.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < megabytes; i++) {
          client.send("100000\r\n");
          client.send(piece);
          client.send("\r\n");
        }
        client.send("0\r\n\r\n");
        assertTooLarge(client);
      }
      server.awaitQuiet();
    }
  }

  private static void assertTooLarge(WireClient client) throws IOException {
    WireClient.Response response = client.read();
    assertEquals(413, response.status());
    assertEquals("too large", response.text());
    assertEquals("close", response.header("Connection"));
    assertTrue(client.isEnded());
  }

  @Test
  void takesTheLongestBody() throws Exception {
    try (TestServer server =
            new TestServer(configuration().requestBytesMax(100_000), TestServer::echo);
        WireClient client = server.connect()) {
      client.post("/", "", new byte[100_000]);
      assertEquals(200, client.read().status());
      client.post("/", "", new byte[100_001]);
      assertEquals(413, client.read().status());
    }
  }

  @Test
  void doesNotReadForeverFromAClientItRefused() throws Exception {
    try (TestServer server =
            new TestServer(configuration().requestBytesMax(100_000), TestServer::echo);
        WireClient client = server.connect()) {
      client.send("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n");
      byte[] piece = new byte[64 << 10];
      boolean cut = false;
      for (int i = 0; i < 2_000 && !cut; i++) {
        try {
          client.send(piece);
        } catch (SocketException e) {
          cut = true;
        }
      }
      assertTrue(cut);
      server.awaitQuiet();
    }
  }

  @Test
  void refusesTooLongHeads() throws Exception {
    try (TestServer server = new TestServer(TestServer::echo)) {
      String half = "x".repeat(8 << 10);
      for (String head :
          List.of(
              "GET / HTTP/1.1\r\nheader1: " + half + "\r\nheader2: " + half + "\r\n\r\n",
              "GET /" + half + half + "x HTTP/1.1\r\n\r\n",
              "GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(5 << 10) + "\r\n")) {
        try (WireClient client = server.connect()) {
          client.send(head);
          WireClient.Response response = client.read();
          assertEquals(400, response.status());
          assertEquals("headers too large", response.text());
          assertTrue(client.isEnded());
        }
      }
      try (WireClient client = server.connect()) {
        client.send("GET /" + half + " HTTP/1.1\r\nheader: " + half + "\r\n\r\n");
        assertEquals(200, client.read().status());
      }
      server.awaitQuiet();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/2.0\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET / FTP/1.0\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nspace : x\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        "GET / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
        "GET / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
        "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
      })
  void refusesWhatIsNotHttp(String bytes) throws Exception {
    AtomicInteger handled = new AtomicInteger();
    RequestHandler handler =
        (request, responder) -> {
          handled.incrementAndGet();
          TestServer.echo(request, responder);
        };
    try (TestServer server = new TestServer(handler);
        WireClient client = server.connect()) {
      client.send("GET /before HTTP/1.1\r\n\r\n" + bytes);
      assertEquals("GET /before ", client.read().text());
      WireClient.Response response = client.read();
      assertEquals(400, response.status());
      assertTrue(response.text().startsWith("bad request: "), response.text());
      assertTrue(client.isEnded());
      assertEquals(1, handled.get());
      client.disconnect();
      server.awaitQuiet();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "G",
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
      })
  void forgetsRequestsThatAreCutShort(String bytes) throws Exception {
    try (TestServer server = new TestServer(TestServer::echo)) {
      try (WireClient client = server.connect()) {
        client.send(bytes);
        client.endOutput();
        assertTrue(client.isEnded());
      }
      try (WireClient client = server.connect()) {
        client.send(bytes);
      }
      server.awaitQuiet();
    }
  }

  @Test
  void closesIdleConnections() throws Exception {
    try (TestServer server = new TestServer(configuration().idleTimeout(SHORT), TestServer::echo);
        WireClient never = server.connect();
        WireClient once = server.connect()) {
      once.send("GET / HTTP/1.1\r\n\r\n");
      assertEquals(200, once.read().status());
      assertTrue(never.isEnded());
      assertTrue(once.isEnded());
      server.awaitQuiet();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: ",
        "POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n",
      })
  void closesTricklingConnections(String start) throws Exception {
    try (TestServer server =
            new TestServer(configuration().requestTimeout(SHORT), TestServer::echo);
        WireClient client = server.connect()) {
      long begin = Clock.SYSTEM.monotonicNanos();
      client.send("GET /fine HTTP/1.1\r\n\r\n");
      assertEquals(200, client.read().status());
      client.send(start);
      boolean cut = false;
      while (!cut && Clock.SYSTEM.monotonicNanos() - begin < 5_000_000_000L) {
        try {
          client.send("x");
          Thread.sleep(10);
        } catch (SocketException e) {
          cut = true;
        }
      }
      assertTrue(cut);
      server.awaitQuiet();
    }
  }

  @Test
  void waitsForSlowHandlers() throws Exception {
    List<Responder> waiting = new CopyOnWriteArrayList<>();
    try (TestServer server =
            new TestServer(
                configuration().idleTimeout(SHORT).requestTimeout(SHORT).responseTimeout(SHORT),
                (request, responder) -> waiting.add(responder));
        WireClient client = server.connect()) {
      client.send("GET / HTTP/1.1\r\n\r\n");
      Thread.sleep(4 * SHORT.toMillis());
      waiting.getFirst().respond(() -> HttpResponse.text(200, "", "late"));
      assertEquals("late", client.read().text());
    }
  }

  @Test
  void boundsWhatASlowReaderHoldsAndCutsItOff() throws Exception {
    AtomicInteger produced = new AtomicInteger();
    RequestHandler handler =
        (request, responder) ->
            responder.respond(() -> {
              produced.incrementAndGet();
              return new HttpResponse(200, "text/plain", new byte[1 << 20]);
            });
    try (TestServer server =
            new TestServer(configuration().responseTimeout(Duration.ofMillis(500)), handler);
        WireClient client = new WireClient(server.address, 4096)) {
      client.send("GET / HTTP/1.1\r\n\r\n".repeat(50));
      TestServer.await("bytes that wait", () -> server.server.bufferedBytes() > 0);
      Thread.sleep(100);
      assertTrue(produced.get() < 12, "produced=" + produced.get());
      assertTrue(server.server.bufferedBytes() < 3 << 20);
      TestServer.await("cut off", () -> server.server.openConnections() == 0);
      server.awaitQuiet();
    }
  }

  @Test
  void servesReadersThatAreSlowButAlive() throws Exception {
    RequestHandler handler =
        (request, responder) ->
            responder.respond(() -> new HttpResponse(200, "text/plain", new byte[1 << 20]));
    try (TestServer server = new TestServer(configuration(), handler);
        WireClient client = new WireClient(server.address, 4096)) {
      client.send("GET / HTTP/1.1\r\n\r\n".repeat(8));
      for (int i = 0; i < 8; i++) {
        assertEquals(1 << 20, client.read().body().length);
      }
      client.disconnect();
      server.awaitQuiet();
    }
  }

  @Test
  void refusesBodiesBeyondTheBytesItMayHold() throws Exception {
    List<Runnable> waiting = new CopyOnWriteArrayList<>();
    RequestHandler handler =
        (request, responder) -> waiting.add(() -> TestServer.echo(request, responder));
    try (TestServer server =
        new TestServer(
            configuration().requestBytesMax(1 << 20).bufferedBytesMax(4 << 20), handler)) {
      List<WireClient> clients = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        WireClient client = server.connect();
        clients.add(client);
        client.post("/", "", new byte[1_000_000]);
      }
      TestServer.await("four requests", () -> waiting.size() == 4);
      try (WireClient client = server.connect()) {
        client.post("/", "", new byte[1_000_000]);
        WireClient.Response response = client.read();
        assertEquals(503, response.status());
        assertEquals("overloaded", response.text());
        assertTrue(server.server.bufferedBytes() <= 4 << 20);
        waiting.forEach(Runnable::run);
        for (WireClient other : clients) {
          assertEquals(200, other.read().status());
        }
        waiting.clear();
        client.post("/", "", new byte[1_000_000]);
        TestServer.await("one request", () -> waiting.size() == 1);
        waiting.getFirst().run();
        assertEquals(200, client.read().status());
      }
      for (WireClient client : clients) {
        client.close();
      }
      server.awaitQuiet();
    }
  }

  @Test
  void refusesConnectionsBeyondTheLimit() throws Exception {
    try (TestServer server = new TestServer(configuration().connectionsMax(3), TestServer::echo)) {
      List<WireClient> clients = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        clients.add(server.connect());
      }
      try (WireClient refused = server.connect()) {
        refused.send("GET / HTTP/1.1\r\n\r\n");
        WireClient.Response response = refused.read();
        assertEquals(503, response.status());
        assertTrue(refused.isEnded());
      }
      clients.getFirst().close();
      TestServer.await("room", () -> server.server.openConnections() == 2);
      try (WireClient client = server.connect()) {
        client.send("GET / HTTP/1.1\r\n\r\n");
        assertEquals(200, client.read().status());
      }
      for (WireClient client : clients) {
        client.close();
      }
      server.awaitQuiet();
    }
  }

  @Test
  void closesGracefully() throws Exception {
    List<Runnable> waiting = new CopyOnWriteArrayList<>();
    RequestHandler handler =
        (request, responder) -> waiting.add(() -> TestServer.echo(request, responder));
    try (TestServer server = new TestServer(handler);
        WireClient idle = server.connect();
        WireClient busy = server.connect()) {
      busy.send("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
      TestServer.await("two requests", () -> waiting.size() == 2);
      Thread closer = Thread.ofPlatform().start(server.server::close);
      assertTrue(idle.isEnded());
      // The client may see the end before the server has counted it.
      TestServer.await("one connection", () -> server.server.openConnections() == 1);
      waiting.get(1).run();
      waiting.get(0).run();
      assertEquals("GET /1 ", busy.read().text());
      WireClient.Response last = busy.read();
      assertEquals("GET /2 ", last.text());
      assertEquals("close", last.header("Connection"));
      assertTrue(busy.isEnded());
      closer.join();
    }
  }

  @Test
  void closesInTheEndWhateverIsUnanswered() throws Exception {
    List<Responder> waiting = new CopyOnWriteArrayList<>();
    try (TestServer server =
            new TestServer(
                configuration().closeTimeout(SHORT),
                (request, responder) -> waiting.add(responder));
        WireClient client = server.connect()) {
      client.post("/", "", "body".getBytes(US_ASCII));
      TestServer.await("request", () -> waiting.size() == 1);
      server.server.close();
      assertTrue(client.isEnded());
      assertEquals(0, server.server.openConnections());
      waiting.getFirst().respond(() -> HttpResponse.empty(200));
      server.leavesRequestsUnanswered = true;
    }
  }
}
