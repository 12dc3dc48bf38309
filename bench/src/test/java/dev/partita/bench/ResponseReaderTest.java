package dev.partita.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {
  private static final String PLAIN =
      "HTTP/1.1 200 OK\r\nServer: x\r\nCONTENT-length:  11\r\n\r\nhello world";
  private static final String CHUNKED =
      String.join(
          "\r\n",
          "HTTP/1.1 200 OK",
          "Transfer-Encoding: chunked",
          "",
          "5",
          "hello",
          "6",
          " world",
          "0",
          "trailer: y",
          "",
          "");
  private static final String ERROR =
      "HTTP/1.1 400 Bad Request\r\nContent-Length: 31\r\nConnection: Close\r\n\r\n"
          + "{\"__type\":\"a#Throttling\",\"x\":1}";
  private static final String EMPTY = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

  @Test
  void readsEveryKindHoweverItIsCut() throws Exception {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ResponseReader reader = new ResponseReader();
      for (int i = 0; i < 6; i++) {
        String[] kinds = {PLAIN, CHUNKED, ERROR, EMPTY};
        int kind = random.nextInt(kinds.length);
        feed(reader, kinds[kind], random);
        assertEquals(kind == 2 ? 400 : 200, reader.status(), "seed " + seed);
        assertEquals(kind == 2 ? 31 : kind == 3 ? 0 : 11, reader.bodyLength(), "seed " + seed);
        assertEquals(kind != 2, reader.keepAlive(), "seed " + seed);
        String type = ErrorType.of(reader.status(), reader.errorBody());
        assertEquals(kind == 2 ? "Throttling" : "HTTP 200", type, "seed " + seed);
      }
    }
  }

  private static void feed(ResponseReader reader, String response, SplittableRandom random)
      throws MalformedResponseException {
    byte[] bytes = response.getBytes(StandardCharsets.US_ASCII);
    int from = 0;
    while (from < bytes.length) {
      int length = Math.min(bytes.length - from, 1 + random.nextInt(random.nextBoolean() ? 3 : 80));
      boolean complete = reader.read(Unpooled.wrappedBuffer(bytes, from, length));
      from += length;
      assertEquals(from == bytes.length, complete, response.substring(0, from));
    }
  }

  @Test
  void leavesWhatComesAfterTheResponse() throws Exception {
    ByteBuf two = Unpooled.copiedBuffer(PLAIN + PLAIN, StandardCharsets.US_ASCII);
    ResponseReader reader = new ResponseReader();
    assertTrue(reader.read(two));
    assertEquals(PLAIN.length(), two.readableBytes());
    assertTrue(reader.read(two));
    assertFalse(two.isReadable());
  }

  @Test
  void keepsOnlyTheStartOfALongErrorAndOfManyHeaders() throws Exception {
    String head = "HTTP/1.1 500 Oops\r\n" + "x: y\r\n".repeat(2000);
    String response = head + "Content-Length: 100000\r\n\r\n" + "e".repeat(100_000);
    ResponseReader reader = new ResponseReader();
    assertTrue(reader.read(Unpooled.copiedBuffer(response, StandardCharsets.US_ASCII)));
    assertEquals(4096, reader.errorBody().length);
    assertEquals("HTTP 500", ErrorType.of(reader.status(), reader.errorBody()));
  }

  @Test
  void refusesWhatIsNotHttp() {
    for (String text :
        new String[] {
          "SSH-2.0-OpenSSH_9.2 and some more\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
          "HTTP/1.1 200 OK\r\n" + "x: y\r\n".repeat(4000)
        }) {
      ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
      assertThrows(MalformedResponseException.class, () -> new ResponseReader().read(bytes), text);
    }
  }
}
