package dev.partita.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Clock;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpServerTest {
  private static final byte[] HELLO = "hello".getBytes(US_ASCII);

  @AfterAll
  static void noLeaks() throws InterruptedException {
    LeakRecorder.assertNoLeaks();
  }

  @Test
  void answersOnAKeptConnection() throws Exception {
    try (TestServer server = new TestServer(TestServer::echo);
        WireClient client = server.connect()) {
      Set<String> ids = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        client.post("/" + i + "?q=1", "", HELLO);
        WireClient.Response response = client.read();
        assertEquals(200, response.status());
        assertEquals("POST /" + i + " hello", response.text());
        assertEquals("Partita", response.header("Server"));
        assertEquals("text/plain", response.header("Content-Type"));
        String date = String.valueOf(response.header("Date"));
        assertTrue(date.matches("\\w{3}, \\d{2} \\w{3} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT"), date);
        String id = String.valueOf(response.header("x-amzn-RequestId"));
        assertTrue(id.matches("[A-Z0-9]{52}"), id);
        assertTrue(ids.add(id), id);
        CRC32 checksum = new CRC32();
        checksum.update(response.body());
        assertEquals(Long.toString(checksum.getValue()), response.header("x-amz-crc32"));
        assertNull(response.header("Connection"));
        assertNull(response.header("Content-Encoding"));
        assertNull(response.header("Vary"));
      }
    }
  }

  @Test
  void tellsTheHandlerWhatWasSent() throws Exception {
    List<HttpRequest> seen = new CopyOnWriteArrayList<>();
    RequestHandler handler =
        (request, responder) -> {
          seen.add(request);
          responder.respond(
              () -> HttpResponse.text(201, "", request.requestId()).withHeader("x-other", "1 2"));
        };
    try (TestServer server = new TestServer(handler);
        WireClient client = server.connect()) {
      client.send(
          "PUT http://host:8000/a%20b?x=1?y HTTP/1.1\r\nHost: h\r\nX-Two: a\r\nx-two:  b \r\n\r\n");
      WireClient.Response response = client.read();
      assertEquals(201, response.status());
      assertEquals("1 2", response.header("x-other"));
      assertNull(response.header("Content-Type"));
      assertEquals(response.header("x-amzn-requestid"), response.text());
      client.send("GET / HTTP/1.1\r\n\r\n");
      client.read();
    }
    HttpRequest request = seen.getFirst();
    assertEquals("PUT", request.method());
    assertEquals("/a%20b", request.path());
    assertEquals("x=1?y", request.query());
    assertEquals("a", request.header("X-TWO"));
    assertEquals(List.of("a", "b"), request.headerValues("X-Two"));
    assertEquals(3, request.headers().size());
    assertNull(request.header("absent"));
    assertEquals(0, request.body().length);
    assertEquals("127.0.0.1", request.remoteAddress());
    assertEquals("/", seen.getLast().path());
    assertNull(seen.getLast().query());
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws Exception {
    long seed = 7;
    int requests = 500;
    BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(requests);
    RequestHandler handler =
        (request, responder) -> waiting.add(() -> TestServer.echo(request, responder));
    try (TestServer server = new TestServer(handler);
        WireClient client = server.connect()) {
      Thread worker =
          Thread.ofPlatform()
              .start(() -> {
                SplittableRandom random = new SplittableRandom(seed);
                List<Runnable> held = new CopyOnWriteArrayList<>();
                try {
                  for (int done = 0; done < requests; done++) {
                    while (held.isEmpty() || (held.size() < 8 && !waiting.isEmpty())) {
                      Runnable next = waiting.poll(50, TimeUnit.MILLISECONDS);
                      if (next != null) {
                        held.add(next);
                      }
                    }
                    held.remove(random.nextInt(held.size())).run();
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < requests; i++) {
        all.append("POST /").append(i).append(" HTTP/1.1\r\nContent-Length: 2\r\n\r\nok");
      }
      client.send(all.toString());
      for (int i = 0; i < requests; i++) {
        assertEquals("POST /" + i + " ok", client.read().text());
      }
      worker.join();
    }
  }

  @Test
  void stopsReadingAtTheBoundOfRequestsInFlight() throws Exception {
    List<Runnable> waiting = new CopyOnWriteArrayList<>();
    RequestHandler handler =
        (request, responder) -> waiting.add(() -> TestServer.echo(request, responder));
    try (TestServer server =
            new TestServer(HttpServerConfiguration.builder().requestsInFlightMax(4), handler);
        WireClient client = server.connect()) {
      client.send("GET /a HTTP/1.1\r\n\r\n".repeat(10));
      TestServer.await("four requests", () -> waiting.size() == 4);
      Thread.sleep(50);
      assertEquals(4, waiting.size());
      for (int i = 0; i < 10; i++) {
        int at = i;
        TestServer.await("next request", () -> waiting.size() > at);
        waiting.get(i).run();
        assertEquals("GET /a ", client.read().text());
      }
    }
  }

  @Test
  void takesAnswersOfManyThreads() throws Exception {
    BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(10_000);
    RequestHandler handler =
        (request, responder) -> waiting.add(() -> TestServer.echo(request, responder));
    try (TestServer server =
        new TestServer(HttpServerConfiguration.builder().eventLoops(2), handler)) {
      List<Thread> workers =
          List.of(1, 2, 3).stream()
              .map(i -> Thread.ofPlatform().start(() -> drain(waiting)))
              .toList();
      List<WireClient> clients = new CopyOnWriteArrayList<>();
      for (int i = 0; i < 16; i++) {
        clients.add(server.connect());
      }
      for (int round = 0; round < 50; round++) {
        for (WireClient client : clients) {
          client.post("/" + round, "", HELLO);
        }
        for (WireClient client : clients) {
          assertEquals("POST /" + round + " hello", client.read().text());
        }
      }
      for (WireClient client : clients) {
        client.close();
      }
      for (Thread worker : workers) {
        worker.interrupt();
        worker.join();
      }
      server.awaitQuiet();
    }
  }

  @Test
  void wakesTheEventLoopOncePerBurst() throws Exception {
    List<Responder> waiting = new CopyOnWriteArrayList<>();
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    try (TestServer server =
            new TestServer(
                HttpServerConfiguration.builder().eventLoops(1).requestsInFlightMax(100),
                (request, responder) -> waiting.add(responder));
        WireClient client = server.connect()) {
      client.send("GET / HTTP/1.1\r\n\r\n".repeat(65));
      TestServer.await("all requests", () -> waiting.size() == 65);
      waiting
          .getFirst()
          .respond(() -> {
            busy.countDown();
            assertDoesNotThrow(() -> free.await());
            return HttpResponse.empty(200);
          });
      busy.await();
      for (int i = 1; i < 65; i++) {
        waiting.get(i).respond(() -> HttpResponse.empty(200));
      }
      free.countDown();
      for (int i = 0; i < 65; i++) {
        assertEquals(200, client.read().status());
      }
      assertEquals(2, server.server.bursts());
    }
  }

  private static void drain(BlockingQueue<Runnable> waiting) {
    try {
      while (true) {
        waiting.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void readsChunkedBodies() throws Exception {
    try (TestServer server = new TestServer(TestServer::echo);
        WireClient client = server.connect()) {
      client.send(
          String.join(
              "\r\n",
              "POST / HTTP/1.1",
              "Transfer-Encoding: chunked",
              "",
              "3",
              "abc",
              "5;x=y",
              "defgh",
              "0",
              "Trailer: t",
              "",
              ""));
      assertEquals("POST / abcdefgh", client.read().text());
      client.post("/", "", HELLO);
      assertEquals("POST / hello", client.read().text());
    }
  }

  @Test
  void readsBodiesOfAllSizesInPieces() throws Exception {
    try (TestServer server = new TestServer(TestServer::echo);
        WireClient client = server.connect()) {
      SplittableRandom random = new SplittableRandom(3);
      for (int size : new int[] {0, 1, 1000, 16 << 10, 65_535, 65_537, 1_000_003}) {
        byte[] body = new byte[size];
        random.nextBytes(body);
        client.post("/", "", body);
        byte[] echoed = client.read().body();
        assertArrayEquals(body, Arrays.copyOfRange(echoed, 7, echoed.length));
      }
    }
  }

  @Test
  void asksForTheBodyThatAClientHoldsBack() throws Exception {
    try (TestServer server = new TestServer(TestServer::echo);
        WireClient client = server.connect()) {
      String head = "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";
      client.send(head);
      assertEquals(100, client.read().status());
      client.send(HELLO);
      assertEquals("POST / hello", client.read().text());
      client.send(head + "hello");
      WireClient.Response response = client.read();
      if (response.status() == 100) {
        response = client.read();
      }
      assertEquals("POST / hello", response.text());
    }
  }

  @Test
  void asksForABodyOnlyAfterTheAnswersBefore() throws Exception {
    BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(2);
    RequestHandler handler =
        (request, responder) -> waiting.add(() -> TestServer.echo(request, responder));
    try (TestServer server = new TestServer(handler);
        WireClient client = server.connect()) {
      client.send(
          String.join(
              "\r\n",
              "GET /1 HTTP/1.1",
              "",
              "POST /2 HTTP/1.1",
              "Expect: 100-continue",
              "Content-Length: 5",
              "",
              ""));
      waiting.take().run();
      assertEquals("GET /1 ", client.read().text());
      assertEquals(100, client.read().status());
      client.send(HELLO);
      waiting.take().run();
      assertEquals("POST /2 hello", client.read().text());
    }
  }

  @Test
  void refusesInsteadOfAskingForATooLargeBody() throws Exception {
    try (TestServer server = new TestServer(TestServer::echo);
        WireClient client = server.connect()) {
      client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");
      assertEquals(413, client.read().status());
      assertTrue(client.isEnded());
    }
  }

  @Test
  void keepsOrClosesAsTheClientAsks() throws Exception {
    try (TestServer server = new TestServer(TestServer::echo)) {
      try (WireClient client = server.connect()) {
        client.send("GET /1 HTTP/1.1\r\nConnection: close\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
        WireClient.Response response = client.read();
        assertEquals("close", response.header("Connection"));
        assertEquals("GET /1 ", response.text());
        assertTrue(client.isEnded());
      }
      try (WireClient client = server.connect()) {
        client.send("GET / HTTP/1.0\r\n\r\n");
        assertEquals("close", client.read().header("Connection"));
        assertTrue(client.isEnded());
      }
      try (WireClient client = server.connect()) {
        for (int i = 0; i < 3; i++) {
          client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
          assertEquals("keep-alive", client.read().header("Connection"));
        }
      }
      server.awaitQuiet();
    }
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    try (TestServer server = new TestServer(TestServer::echo);
        WireClient client = server.connect()) {
      client.send("HEAD /abc HTTP/1.1\r\n\r\n");
      assertEquals("10", client.read(false).header("Content-Length"));
      client.send("GET / HTTP/1.1\r\n\r\n");
      assertEquals("GET / ", client.read().text());
    }
  }

  @Test
  void answersAClientThatHasEndedItsOutput() throws Exception {
    BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(2);
    RequestHandler handler =
        (request, responder) -> waiting.add(() -> TestServer.echo(request, responder));
    try (TestServer server = new TestServer(handler);
        WireClient client = server.connect()) {
      client.send(
          "GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nPOST /3 HTTP/1.1\r\nContent-Length: 9\r\n\r\nx");
      client.endOutput();
      Runnable first = waiting.take();
      waiting.take().run();
      Thread.sleep(20);
      first.run();
      assertEquals("GET /1 ", client.read().text());
      assertEquals("GET /2 ", client.read().text());
      assertTrue(client.isEnded());
      server.awaitQuiet();
    }
  }

  @Test
  void hidesFailuresOfTheHandler() throws Exception {
    RequestHandler handler =
        (request, responder) -> {
          switch (request.path()) {
            case "/throws" -> throw new IllegalStateException("secret");
            case "/source" ->
                responder.respond(() -> {
                  throw new IllegalStateException("secret");
                });
            case "/after" -> {
              responder.respond(() -> HttpResponse.text(200, "", "fine"));
              throw new IllegalStateException("secret");
            }
            default -> TestServer.echo(request, responder);
          }
        };
    try (TestServer server = new TestServer(handler);
        WireClient client = server.connect()) {
      for (String path : List.of("/throws", "/source")) {
        client.send("GET " + path + " HTTP/1.1\r\n\r\n");
        WireClient.Response response = client.read();
        assertEquals(500, response.status());
        assertEquals("internal error", response.text());
      }
      client.send("GET /after HTTP/1.1\r\n\r\n");
      assertEquals("fine", client.read().text());
      client.send("GET /fine HTTP/1.1\r\n\r\n");
      assertEquals("GET /fine ", client.read().text());
    }
  }

  @Test
  void takesOneAnswerOnly() throws Exception {
    List<String> refused = new CopyOnWriteArrayList<>();
    RequestHandler handler =
        (request, responder) -> {
          TestServer.echo(request, responder);
          var failure =
              assertThrows(IllegalStateException.class, () -> TestServer.echo(request, responder));
          refused.add(String.valueOf(failure.getMessage()));
        };
    try (TestServer server = new TestServer(handler);
        WireClient client = server.connect()) {
      client.send("GET / HTTP/1.1\r\n\r\n");
      assertEquals("GET / ", client.read().text());
      TestServer.await("refusal", () -> refused.size() == 1);
    }
  }

  @Test
  void servesOverNioToo() throws Exception {
    try (TestServer server =
            new TestServer(
                HttpServerConfiguration.builder(), TestServer::echo, SocketTransport.nio());
        WireClient client = server.connect()) {
      client.post("/", "", HELLO);
      assertEquals("POST / hello", client.read().text());
    }
  }

  @Test
  void saysWhichAddressCannotBeBound() throws Exception {
    try (TestServer server = new TestServer(TestServer::echo)) {
      int port = server.address.getPort();
      try (HttpServer second =
          new HttpServer(
              HttpServerConfiguration.builder().port(port).build(),
              TestServer::echo,
              new TextErrorPages(),
              Clock.SYSTEM,
              new SplittableRandom(1))) {
        IOException failure = assertThrows(IOException.class, second::start);
        assertTrue(String.valueOf(failure.getMessage()).contains("port=" + port));
      }
      assertNotEquals(0, port);
    }
  }

  @Test
  void aLeakWouldBeSeen() throws Exception {
    LeakRecorder.assertNoLeaks();
    try (TestServer server = new TestServer(TestServer::echo)) {
      assertEquals("127.0.0.1", server.address.getAddress().getHostAddress());
      dropABuffer();
      TestServer.await(
          "leak report",
          () -> {
            System.gc();
            ByteBufAllocator.DEFAULT.directBuffer(16).release();
            return LeakRecorder.count() > 0;
          });
      LeakRecorder.clear();
    }
  }

  private static void dropABuffer() {
    assertEquals(1, ByteBufAllocator.DEFAULT.directBuffer(16).refCnt());
  }
}
