package dev.partita.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Writes responses of one event loop: the head is laid out in a reused array, most of it copied
 * from bytes prepared once a second, and goes with the body into one buffer.
 */
final class ResponseEncoder {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final byte[] OK = ascii("HTTP/1.1 200 OK\r\n");
  private static final byte[] CONTENT_TYPE = ascii("\r\nContent-Type: ");
  private static final byte[] CHECKSUM = ascii("\r\nx-amz-crc32: ");
  private static final byte[] CONTENT_LENGTH = ascii("\r\nContent-Length: ");
  private static final byte[] CLOSE = ascii("\r\nConnection: close");
  private static final byte[] KEEP_ALIVE = ascii("\r\nConnection: keep-alive");
  private static final byte[] VARY = ascii("\r\nVary: Accept-Encoding");
  private static final byte[] END = ascii("\r\n\r\n");
  private static final int SCRATCH_BYTES = 1024;
  private static final int DIGITS_MAX = 10;

  private final byte[] idSuffix;
  private final CRC32 checksum = new CRC32();
  private byte[] beforeId = {};
  private long second = Long.MIN_VALUE;
  private String contentType = "";
  private byte[] contentTypeBytes = {};
  private byte[] scratch = new byte[SCRATCH_BYTES];
  private int end;

  ResponseEncoder(byte[] idSuffix) {
    this.idSuffix = idSuffix;
  }

  /** Sets the time that responses carry. */
  void setTime(long wallMillis) {
    long now = Math.floorDiv(wallMillis, 1000);
    if (now != second) {
      second = now;
      beforeId =
          ascii(
              "Server: Partita\r\nDate: "
                  + DATE.format(Instant.ofEpochSecond(now))
                  + "\r\nx-amzn-RequestId: ");
    }
  }

  /** The whole response. */
  ByteBuf encode(
      ByteBufAllocator allocator, Exchange exchange, PreparedResponse prepared, boolean close) {
    HttpResponse response = prepared.response();
    end = 0;
    statusLine(response.status());
    append(beforeId);
    ensure(RequestId.CHARACTERS);
    end = exchange.id().writeRandom(scratch, end);
    append(idSuffix);
    contentType(response.contentType());
    checksum.reset();
    checksum.update(prepared.bytes(), prepared.offset(), prepared.length());
    append(CHECKSUM);
    appendNumber(checksum.getValue());
    append(CONTENT_LENGTH);
    appendNumber(prepared.length());
    if (prepared.coding() != null) {
      appendHeader("Content-Encoding", prepared.coding().token());
    }
    if (response.length() > ContentCoding.THRESHOLD_BYTES) {
      append(VARY);
    }
    for (var header = response.headers(); header != null; header = header.next()) {
      appendHeader(header.name(), header.value());
    }
    CrossOrigin.appendHeaders(this, exchange);
    if (close) {
      append(CLOSE);
    } else if (exchange.isHttp10()) {
      append(KEEP_ALIVE);
    }
    append(END);
    int bodyLength = exchange.isHead() ? 0 : prepared.length();
    ByteBuf buffer = allocator.directBuffer(end + bodyLength);
    buffer.writeBytes(scratch, 0, end);
    if (bodyLength > 0) {
      buffer.writeBytes(prepared.bytes(), prepared.offset(), bodyLength);
    }
    return buffer;
  }

  /** One more header; both parts must be free of control characters. */
  void appendHeader(String name, String value) {
    append(ascii("\r\n" + name + ": " + value));
  }

  private void statusLine(int status) {
    if (status == 200) {
      append(OK);
    } else {
      append(
          ascii(
              "HTTP/1.1 "
                  + status
                  + " "
                  + HttpResponseStatus.valueOf(status).reasonPhrase()
                  + "\r\n"));
    }
  }

  private void contentType(String value) {
    if (value.isEmpty()) {
      return;
    }
    if (!value.equals(contentType)) {
      contentType = value;
      contentTypeBytes = ascii(value);
    }
    append(CONTENT_TYPE);
    append(contentTypeBytes);
  }

  private void append(byte[] bytes) {
    ensure(bytes.length);
    System.arraycopy(bytes, 0, scratch, end, bytes.length);
    end += bytes.length;
  }

  private void appendNumber(long number) {
    ensure(DIGITS_MAX);
    int digits = 1;
    for (long bound = 10; bound <= number; bound *= 10) {
      digits++;
    }
    long rest = number;
    for (int i = end + digits - 1; i >= end; i--) {
      scratch[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    end += digits;
  }

  private void ensure(int more) {
    if (scratch.length - end < more) {
      scratch = Arrays.copyOf(scratch, Math.max(2 * scratch.length, end + more));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
