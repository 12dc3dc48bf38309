package dev.partita.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Throws garbage at the server: random bytes, mutated requests, pipelines of both, cut at random
 * points. Whatever comes, the server goes on to answer others and in the end holds nothing. Another
 * seed is tried with {@code -Dpartita.fuzz.seed=N}.
 */
@Timeout(60)
class HttpFuzzTest {
  private static final int CONNECTIONS = 600;
  private static final List<String> REQUESTS =
      List.of(
          "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nhello world",
          "POST /a?b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x\r\nabc\r\n0\r\n\r\n",
          "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
          "POST / HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
          "GET /big HTTP/1.1\r\nAccept-Encoding: gzip, deflate;q=0.5\r\n\r\n",
          "GET /big HTTP/1.1\r\n\r\n",
          "OPTIONS / HTTP/1.1\r\nOrigin: o\r\nAccess-Control-Request-Headers: a, b\r\n\r\n",
          "HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
          "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\nabc",
          "GET /later HTTP/1.1\r\n\r\n");

  @Test
  void survivesOnEpollOrWhatIsBest() throws Exception {
    fuzz(SocketTransport.best(), Long.getLong("partita.fuzz.seed", 20_261_121L));
  }

  @Test
  void survivesOnNio() throws Exception {
    fuzz(SocketTransport.nio(), Long.getLong("partita.fuzz.seed", 4_711L));
  }

  private static void fuzz(SocketTransport transport, long seed) throws Exception {
    String where = "seed=" + seed;
    SplittableRandom random = new SplittableRandom(seed);
    try (ExecutorService workers = Executors.newFixedThreadPool(2);
        TestServer server =
            new TestServer(
                HttpServerConfiguration.builder()
                    .eventLoops(2)
                    .requestBytesMax(1 << 20)
                    .requestsInFlightMax(8)
                    .bufferedBytesMax(8 << 20)
                    .requestTimeout(Duration.ofMillis(800))
                    .responseTimeout(Duration.ofMillis(800)),
                (request, responder) -> answer(workers, request, responder),
                transport)) {
      List<WireClient> open = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        WireClient client = server.connect();
        open.add(client);
        try {
          sendInPieces(client, stream(random), random);
          if (random.nextInt(4) == 0) {
            client.endOutput();
          }
        } catch (IOException e) {
          // the server ended a connection that made no sense, which is its right
          client.close();
        }
        if (random.nextInt(3) > 0) {
          open.remove(random.nextInt(open.size())).close();
        }
        if (i % 20 == 0) {
          assertServes(server, where + " connection=" + i);
        }
      }
      assertServes(server, where);
      for (WireClient client : open) {
        client.close();
      }
      server.awaitQuiet();
      assertServes(server, where);
    } catch (AssertionError e) {
      throw new AssertionError(where, e);
    }
    LeakRecorder.assertNoLeaks();
  }

  private static void answer(ExecutorService workers, HttpRequest request, Responder responder) {
    switch (request.path()) {
      case "/big" ->
          responder.respond(() -> new HttpResponse(200, "text/plain", new byte[200_000]));
      case "/later" -> workers.execute(() -> TestServer.echo(request, responder));
      default -> TestServer.echo(request, responder);
    }
  }

  private static void assertServes(TestServer server, String where) throws IOException {
    try (WireClient client = server.connect()) {
      client.send("POST /check HTTP/1.1\r\nContent-Length: 2\r\n\r\nok");
      assertEquals("POST /check ok", client.read().text(), where);
    }
  }

  private static byte[] stream(SplittableRandom random) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int parts = random.nextInt(1, 12); parts > 0; parts--) {
      byte[] request = REQUESTS.get(random.nextInt(REQUESTS.size())).getBytes(ISO_8859_1);
      switch (random.nextInt(6)) {
        case 0 -> {
          byte[] garbage = new byte[random.nextInt(1, 300)];
          random.nextBytes(garbage);
          stream.writeBytes(garbage);
        }
        case 1, 2 -> stream.writeBytes(mutate(request, random));
        default -> stream.writeBytes(request);
      }
    }
    byte[] whole = stream.toByteArray();
    return random.nextInt(3) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length + 1)) : whole;
  }

  private static byte[] mutate(byte[] request, SplittableRandom random) {
    ByteArrayOutputStream mutant = new ByteArrayOutputStream();
    int rate = random.nextInt(5, 60);
    for (byte each : request) {
      switch (random.nextInt(rate)) {
        case 0 -> mutant.write(random.nextInt(256));
        case 1 -> {
          mutant.write(each);
          mutant.write(each);
        }
        case 2 -> {
          // left out
        }
        case 3 -> mutant.write("\r\n :;,0-".charAt(random.nextInt(8)));
        default -> mutant.write(each);
      }
    }
    return mutant.toByteArray();
  }

  private static void sendInPieces(WireClient client, byte[] bytes, SplittableRandom random)
      throws IOException {
    int at = 0;
    while (at < bytes.length) {
      int length = Math.min(bytes.length - at, random.nextInt(1, 400));
      client.send(Arrays.copyOfRange(bytes, at, at + length));
      at += length;
    }
  }
}
