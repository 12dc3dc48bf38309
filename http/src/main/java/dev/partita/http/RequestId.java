package dev.partita.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The id of a request: 52 characters of {@code 0-9A-V}, as AWS has them. The first 24 are random
 * for each request, the other 28 belong to the event loop that drew it; so an id costs two random
 * longs and is rendered only where it is sent or asked for.
 */
final class RequestId {
  static final int CHARACTERS = 52;
  static final int RANDOM_CHARACTERS = 24;

  private static final int CHARACTERS_PER_LONG = 12;
  private static final byte[] ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUV".getBytes(StandardCharsets.US_ASCII);

  private final long high;
  private final long low;
  private final byte[] suffix;
  private final @Nullable String text;

  RequestId(long high, long low, byte[] suffix) {
    this.high = high;
    this.low = low;
    this.suffix = suffix;
    this.text = null;
  }

  private RequestId(String text) {
    this.high = 0;
    this.low = 0;
    this.suffix = new byte[0];
    this.text = text;
  }

  static RequestId ofText(String text) {
    return new RequestId(text);
  }

  /** Writes the random characters to {@code target} at {@code offset}; returns where they end. */
  int writeRandom(byte[] target, int offset) {
    return writeCharacters(low, target, writeCharacters(high, target, offset));
  }

  /** Twelve characters of the lower 60 bits of {@code bits}. */
  static int writeCharacters(long bits, byte[] target, int offset) {
    long rest = bits;
    for (int i = 0; i < CHARACTERS_PER_LONG; i++) {
      target[offset + i] = ALPHABET[(int) rest & 31];
      rest >>>= 5;
    }
    return offset + CHARACTERS_PER_LONG;
  }

  String text() {
    if (text != null) {
      return text;
    }
    byte[] characters = new byte[CHARACTERS];
    int end = writeRandom(characters, 0);
    System.arraycopy(suffix, 0, characters, end, suffix.length);
    return new String(characters, StandardCharsets.US_ASCII);
  }
}
