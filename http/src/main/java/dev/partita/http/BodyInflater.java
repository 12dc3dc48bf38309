package dev.partita.http;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes the Content-Encoding of one request body: gzip with any number of members (RFC 1952) or
 * one zlib stream (RFC 1950). Never holds more than the limit and one growth step of output,
 * whatever the input promises. Data that is cut short, fails its checksum or is followed by
 * anything else is broken.
 */
final class BodyInflater {
  /** No deflate stream grows by more than this factor. */
  static final int RATIO_MAX = 1032;

  private static final int CAPACITY_MIN = 4096;
  private static final int GZIP_HEADER_BYTES = 10;
  private static final int GZIP_TRAILER_BYTES = 8;
  private static final int FLAG_HEADER_CHECKSUM = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int FLAGS_RESERVED = 0xe0;

  /** How it went. */
  sealed interface Result {
    /** The body. */
    record Whole(byte[] body) implements Result {}

    /** More than the limit. */
    record TooLarge() implements Result {}

    /** Not what the Content-Encoding says. */
    record Broken() implements Result {}
  }

  private final byte[] input;
  private final int inputEnd;
  private final int bytesMax;
  private int position;
  private byte[] output;
  private int outputEnd;

  private BodyInflater(byte[] input, int inputEnd, int bytesMax) {
    this.input = input;
    this.inputEnd = inputEnd;
    this.bytesMax = bytesMax;
    this.output = new byte[(int) Math.min(bytesMax, Math.max(CAPACITY_MIN, 4L * inputEnd))];
  }

  /** Inflates the first {@code length} bytes of {@code input} to at most {@code bytesMax} bytes. */
  static Result inflate(ContentCoding coding, byte[] input, int length, int bytesMax) {
    BodyInflater inflater = new BodyInflater(input, length, bytesMax);
    try {
      boolean whole =
          switch (coding) {
            case GZIP -> inflater.gzip();
            case DEFLATE -> inflater.stream(false);
          };
      if (!whole) {
        return new Result.TooLarge();
      }
      return inflater.position == length ? new Result.Whole(inflater.body()) : new Result.Broken();
    } catch (DataFormatException e) {
      return new Result.Broken();
    }
  }

  private byte[] body() {
    return outputEnd == output.length ? output : Arrays.copyOf(output, outputEnd);
  }

  /** All members; false if there is too much output. */
  private boolean gzip() throws DataFormatException {
    do {
      int start = outputEnd;
      gzipHeader();
      if (!stream(true)) {
        return false;
      }
      need(GZIP_TRAILER_BYTES);
      CRC32 checksum = new CRC32();
      checksum.update(output, start, outputEnd - start);
      if (littleEndian(4) != (int) checksum.getValue() || littleEndian(4) != outputEnd - start) {
        throw new DataFormatException("gzip trailer");
      }
    } while (position < inputEnd);
    return true;
  }

  private void gzipHeader() throws DataFormatException {
    int start = position;
    need(GZIP_HEADER_BYTES);
    if (littleEndian(2) != 0x8b1f || littleEndian(1) != 8) {
      throw new DataFormatException("gzip magic");
    }
    int flags = littleEndian(1);
    if ((flags & FLAGS_RESERVED) != 0) {
      throw new DataFormatException("gzip flags");
    }
    position = start + GZIP_HEADER_BYTES;
    if ((flags & FLAG_EXTRA) != 0) {
      need(2);
      int length = littleEndian(2);
      need(length);
      position += length;
    }
    if ((flags & FLAG_NAME) != 0) {
      skipText();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipText();
    }
    if ((flags & FLAG_HEADER_CHECKSUM) != 0) {
      need(2);
      CRC32 checksum = new CRC32();
      checksum.update(input, start, position - start);
      if (littleEndian(2) != (checksum.getValue() & 0xffff)) {
        throw new DataFormatException("gzip header checksum");
      }
    }
  }

  private void skipText() throws DataFormatException {
    do {
      need(1);
    } while (input[position++] != 0);
  }

  private void need(int bytes) throws DataFormatException {
    if (inputEnd - position < bytes) {
      throw new DataFormatException("cut short");
    }
  }

  private int littleEndian(int bytes) {
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (input[position++] & 0xff) << (8 * i);
    }
    return value;
  }

  /** One deflate stream, bare or in a zlib envelope; false if there is too much output. */
  private boolean stream(boolean bare) throws DataFormatException {
    Inflater inflater = new Inflater(bare);
    try {
      inflater.setInput(input, position, inputEnd - position);
      byte[] probe = new byte[1];
      while (!inflater.finished()) {
        if (outputEnd == output.length && outputEnd < bytesMax) {
          output = Arrays.copyOf(output, (int) Math.min(bytesMax, 2L * outputEnd));
        }
        boolean full = outputEnd == output.length;
        int count =
            full
                ? inflater.inflate(probe)
                : inflater.inflate(output, outputEnd, output.length - outputEnd);
        if (full && count > 0) {
          return false;
        }
        outputEnd += count;
        if (count == 0 && !inflater.finished()) {
          throw new DataFormatException("cut short");
        }
      }
      position = inputEnd - inflater.getRemaining();
      return true;
    } finally {
      inflater.end();
    }
  }
}
