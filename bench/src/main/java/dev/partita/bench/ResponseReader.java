package dev.partita.bench;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads HTTP/1.1 responses from one connection by hand: the status, Content-Length or chunks, and
 * whether the connection stays open. A body is counted and skipped, except that of an error, whose
 * first bytes are kept.
 */
final class ResponseReader {
  private static final int HEAD_BYTES_MAX = 16 << 10;
  private static final int ERROR_BYTES_MAX = 4 << 10;
  private static final byte[] CONTENT_LENGTH = bytes("content-length:");
  private static final byte[] CONNECTION_CLOSE = bytes("connection: close");
  private static final byte[] CHUNKED = bytes("transfer-encoding: chunked");

  /** What the next byte belongs to. */
  private enum Part {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER
  }

  private byte[] head = new byte[2048];
  private int headLength;
  private Part part = Part.HEAD;
  private long remaining;
  private int lineLength;
  private int status;
  private boolean keepAlive = true;
  private boolean chunked;
  private long bodyLength;
  private byte[] errorBody = new byte[0];
  private int errorLength;

  /** The HTTP status of the response that {@link #read} completed. */
  int status() {
    return status;
  }

  /** Whether the connection may carry another request. */
  boolean keepAlive() {
    return keepAlive;
  }

  /** Length of the body in bytes, as sent. */
  long bodyLength() {
    return bodyLength;
  }

  /** The first bytes of the body if the status was not 200; otherwise empty. */
  byte[] errorBody() {
    return Arrays.copyOf(errorBody, errorLength);
  }

  /**
   * Takes bytes up to the end of one response.
   *
   * @return whether a response is complete; bytes after it stay in the buffer
   * @throws MalformedResponseException if the bytes are no such response
   */
  boolean read(ByteBuf in) throws MalformedResponseException {
    while (in.isReadable()) {
      boolean complete =
          switch (part) {
            case HEAD -> readHead(in);
            case BODY -> readBody(in);
            case CHUNK_SIZE -> readChunkSize(in);
            case CHUNK -> readChunk(in);
            case CHUNK_END -> readChunkEnd(in);
            case TRAILER -> readTrailer(in);
          };
      if (complete) {
        part = Part.HEAD;
        headLength = 0;
        return true;
      }
    }
    return false;
  }

  private boolean readHead(ByteBuf in) throws MalformedResponseException {
    if (headLength == 0) {
      bodyLength = 0;
      errorLength = 0;
    }
    int before = headLength;
    int taken = Math.min(in.readableBytes(), head.length - headLength);
    in.readBytes(head, headLength, taken);
    headLength += taken;
    int end = endOfHead(Math.max(0, before - 3));
    if (end < 0) {
      if (headLength == head.length) {
        if (head.length >= HEAD_BYTES_MAX) {
          throw new MalformedResponseException("headers over 16 KB");
        }
        head = Arrays.copyOf(head, head.length * 2);
      }
      return false;
    }
    in.readerIndex(in.readerIndex() - (headLength - end));
    return parseHead(end);
  }

  private int endOfHead(int from) {
    byte[] bytes = head;
    int last = headLength - 3;
    for (int i = from; i < last; i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  private boolean parseHead(int end) throws MalformedResponseException {
    if (end < 16 || head[0] != 'H' || head[5] != '1' || head[8] != ' ') {
      throw new MalformedResponseException("not an HTTP/1 response");
    }
    status = (head[9] - '0') * 100 + (head[10] - '0') * 10 + head[11] - '0';
    keepAlive = head[7] != '0';
    chunked = false;
    long length = 0;
    for (int line = nextLine(12, end); line < end - 2; line = nextLine(line, end)) {
      switch (head[line] | 0x20) {
        case 'c' -> {
          if (startsWith(line, end, CONTENT_LENGTH)) {
            length = number(line + CONTENT_LENGTH.length);
          } else if (startsWith(line, end, CONNECTION_CLOSE)) {
            keepAlive = false;
          }
        }
        case 't' -> chunked |= startsWith(line, end, CHUNKED);
        default -> {
          // No other header matters here.
        }
      }
    }
    if (chunked) {
      startLine(Part.CHUNK_SIZE);
      return false;
    }
    bodyLength = length;
    remaining = length;
    part = Part.BODY;
    return length == 0;
  }

  private int nextLine(int from, int end) {
    int i = from;
    while (i < end && head[i] != '\n') {
      i++;
    }
    return i + 1;
  }

  private boolean startsWith(int from, int end, byte[] lowerCase) {
    if (end - from < lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      int c = head[from + i];
      if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private long number(int from) throws MalformedResponseException {
    int i = from;
    while (head[i] == ' ') {
      i++;
    }
    long value = 0;
    int digits = 0;
    while (head[i] >= '0' && head[i] <= '9' && digits < 16) {
      value = value * 10 + head[i++] - '0';
      digits++;
    }
    if (digits == 0) {
      throw new MalformedResponseException("bad Content-Length");
    }
    return value;
  }

  private boolean readBody(ByteBuf in) {
    skip(in);
    return remaining == 0;
  }

  private boolean readChunk(ByteBuf in) {
    bodyLength += skip(in);
    if (remaining == 0) {
      startLine(Part.CHUNK_END);
    }
    return false;
  }

  private int skip(ByteBuf in) {
    int count = (int) Math.min(remaining, in.readableBytes());
    if (status == 200) {
      in.skipBytes(count);
    } else {
      int kept = Math.min(count, ERROR_BYTES_MAX - errorLength);
      errorBody = errorBody.length == 0 ? new byte[ERROR_BYTES_MAX] : errorBody;
      in.readBytes(errorBody, errorLength, kept);
      errorLength += kept;
      in.skipBytes(count - kept);
    }
    remaining -= count;
    return count;
  }

  private boolean readChunkSize(ByteBuf in) throws MalformedResponseException {
    byte b = in.readByte();
    if (b == '\n') {
      if (remaining == 0) {
        startLine(Part.TRAILER);
      } else {
        part = Part.CHUNK;
      }
      return false;
    }
    int digit = Character.digit(b, 16);
    if (digit >= 0 && lineLength < 8) {
      remaining = remaining * 16 + digit;
      lineLength++;
    } else if (b != '\r') {
      throw new MalformedResponseException("bad chunk size");
    }
    return false;
  }

  private boolean readChunkEnd(ByteBuf in) {
    if (in.readByte() == '\n') {
      startLine(Part.CHUNK_SIZE);
    }
    return false;
  }

  private boolean readTrailer(ByteBuf in) {
    byte b = in.readByte();
    if (b == '\n') {
      boolean empty = lineLength == 0;
      lineLength = 0;
      return empty;
    }
    lineLength += b == '\r' ? 0 : 1;
    return false;
  }

  private void startLine(Part next) {
    part = next;
    remaining = 0;
    lineLength = 0;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
