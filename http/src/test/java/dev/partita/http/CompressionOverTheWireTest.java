package dev.partita.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CompressionOverTheWireTest {
  private static final int ECHO_HEAD_BYTES = "POST / ".length();

  @AfterAll
  static void noLeaks() throws InterruptedException {
    LeakRecorder.assertNoLeaks();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] text(int length) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) ('a' + i * 7919L % 23);
    }
    return text;
  }

  @Test
  void inflatesRequests() throws Exception {
    try (TestServer server = new TestServer(TestServer::echo);
        WireClient client = server.connect()) {
      for (int length : new int[] {0, 1, 5_000, 100_000, 3_000_000}) {
        byte[] body = text(length);
        client.post("/", "Content-Encoding: gzip\r\n", gzip(body));
        byte[] echoed = client.read().body();
        assertArrayEquals(body, Arrays.copyOfRange(echoed, ECHO_HEAD_BYTES, echoed.length));
      }
      byte[] deflated = ContentCoding.DEFLATE.compress(text(5000), 0, 5000);
      assertNotNull(deflated);
      client.post("/", "Content-Encoding: Deflate\r\n", deflated);
      assertEquals(ECHO_HEAD_BYTES + 5000, client.read().body().length);
      client.post("/", "Content-Encoding: identity\r\n", text(9));
      assertEquals(ECHO_HEAD_BYTES + 9, client.read().body().length);
      client.disconnect();
      server.awaitQuiet();
    }
  }

  @Test
  void refusesWhatItCannotInflateAndServesOn() throws Exception {
    AtomicInteger handled = new AtomicInteger();
    RequestHandler handler =
        (request, responder) -> {
          handled.incrementAndGet();
          TestServer.echo(request, responder);
        };
    try (TestServer server = new TestServer(handler);
        WireClient client = server.connect()) {
      client.post("/", "Content-Encoding: garbage\r\n", text(100));
      assertRefused(client.read(), "unsupported encoding: garbage");
      client.post("/", "Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n", gzip(text(1)));
      assertRefused(client.read(), "unsupported encoding: gzip,gzip");
      client.post("/", "Content-Encoding: gzip\r\n", text(100));
      assertRefused(client.read(), "broken encoding");
      client.post("/", "Content-Encoding: gzip\r\n", text(100_000));
      assertRefused(client.read(), "broken encoding");
      client.post("/", "Content-Encoding: gzip\r\n", new byte[0]);
      assertRefused(client.read(), "broken encoding");
      client.post("/", "Content-Encoding: deflate\r\n", new byte[0]);
      assertRefused(client.read(), "broken encoding");
      assertEquals(0, handled.get());
      client.post("/", "", text(3));
      assertEquals("POST / aho", client.read().text());
      client.send(
          String.join(
              "\r\n",
              "POST / HTTP/1.1",
              "Expect: 100-continue",
              "Content-Encoding: x",
              "Content-Length: 9",
              "",
              ""));
      assertRefused(client.read(), "unsupported encoding: x");
      assertTrue(client.isEnded());
    }
  }

  private static void assertRefused(WireClient.Response response, String text) {
    assertEquals(500, response.status());
    assertEquals(text, response.text());
  }

  @Test
  void countsTheLimitAfterInflating() throws Exception {
    try (TestServer server =
            new TestServer(
                HttpServerConfiguration.builder().requestBytesMax(1 << 20), TestServer::echo);
        WireClient client = server.connect()) {
      client.post("/", "Content-Encoding: gzip\r\n", gzip(new byte[(1 << 20) + 1]));
      assertEquals(413, client.read().status());
      client.post("/", "Content-Encoding: gzip\r\n", gzip(new byte[64 << 20]));
      assertEquals(413, client.read().status());
      client.post("/", "Content-Encoding: gzip\r\n", gzip(new byte[1 << 20]));
      assertEquals(200, client.read().status());
    }
  }

  @Test
  void compressesLongAnswersOnRequest() throws Exception {
    RequestHandler handler =
        (request, responder) -> {
          int length = Integer.parseInt(request.path().substring(1));
          responder.respond(() -> new HttpResponse(200, "text/plain", text(length)));
        };
    try (TestServer server = new TestServer(handler);
        WireClient client = server.connect()) {
      for (int length : new int[] {4097, 20_000, 300_000}) {
        client.send("GET /" + length + " HTTP/1.1\r\nAccept-Encoding: br, gzip\r\n\r\n");
        WireClient.Response response = client.read();
        assertEquals("gzip", response.header("Content-Encoding"));
        assertEquals("Accept-Encoding", response.header("Vary"));
        CRC32 checksum = new CRC32();
        checksum.update(response.body());
        assertEquals(Long.toString(checksum.getValue()), response.header("x-amz-crc32"));
        assertTrue(response.body().length < length / 2);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
          assertArrayEquals(text(length), in.readAllBytes());
        }
        client.send("GET /" + length + " HTTP/1.1\r\nAccept-Encoding: deflate\r\n\r\n");
        assertEquals("deflate", client.read().header("Content-Encoding"));
        client.send("GET /" + length + " HTTP/1.1\r\nAccept-Encoding: identity\r\n\r\n");
        response = client.read();
        assertNull(response.header("Content-Encoding"));
        assertEquals("Accept-Encoding", response.header("Vary"));
        assertArrayEquals(text(length), response.body());
      }
      client.send("GET /4096 HTTP/1.1\r\nAccept-Encoding: gzip\r\n\r\n");
      WireClient.Response response = client.read();
      assertNull(response.header("Content-Encoding"));
      assertNull(response.header("Vary"));
    }
  }

  @Test
  void keepsTheOrderOfCompressedAnswers() throws Exception {
    RequestHandler handler =
        (request, responder) -> {
          int length = Integer.parseInt(request.path().substring(1));
          responder.respond(() -> new HttpResponse(200, "text/plain", new byte[length]));
        };
    try (TestServer server = new TestServer(handler);
        WireClient client = server.connect()) {
      int[] lengths = {500_000, 1, 100_000, 2, 5_000, 3};
      StringBuilder all = new StringBuilder();
      for (int length : lengths) {
        all.append("GET /" + length + " HTTP/1.1\r\nAccept-Encoding: gzip\r\n\r\n");
      }
      client.send(all.toString().repeat(20).getBytes(US_ASCII));
      for (int i = 0; i < 20 * lengths.length; i++) {
        WireClient.Response response = client.read();
        int length = response.body().length;
        if (response.header("Content-Encoding") != null) {
          try (var in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            length = in.readAllBytes().length;
          }
        }
        assertEquals(lengths[i % lengths.length], length);
      }
    }
  }
}
