package dev.partita.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** The compressions of bodies that DynamoDB knows (RFC 9110, section 8.4.1). */
enum ContentCoding {
  GZIP("gzip"),
  DEFLATE("deflate");

  /** Answers longer than this are compressed if the client asks for it, as DynamoDB does. */
  static final int THRESHOLD_BYTES = 4096;

  private static final int GZIP_HEADER_BYTES = 10;
  private static final int GZIP_TRAILER_BYTES = 8;

  private final String token;

  ContentCoding(String token) {
    this.token = token;
  }

  /** The name in headers. */
  String token() {
    return token;
  }

  /** The coding that {@code Content-Encoding: value} names, or null if it is none of ours. */
  static @Nullable ContentCoding ofToken(String value) {
    for (ContentCoding coding : values()) {
      if (coding.token.equalsIgnoreCase(value.strip())) {
        return coding;
      }
    }
    return null;
  }

  /**
   * What to compress an answer with, or null for not at all. Follows DynamoDB where RFC 9110 leaves
   * room or is broken: identity is ignored, a weight that is no number counts as 1, weights above 1
   * count as 1, the first {@code q=} of an element counts, of equal weights the first named wins,
   * and {@code *} stands for what is not named, gzip first.
   *
   * @param acceptEncoding the value of the first Accept-Encoding header
   */
  static @Nullable ContentCoding negotiate(String acceptEncoding) {
    List<Choice> choices = new ArrayList<>();
    for (String element : acceptEncoding.split(",", -1)) {
      int end = element.indexOf(';');
      String name = (end < 0 ? element : element.substring(0, end)).strip();
      double weight = end < 0 ? 1 : weight(element.substring(end + 1));
      choices.add(new Choice(name, weight, choices.size()));
    }
    ContentCoding best = null;
    Choice bestChoice = Choice.NONE;
    for (ContentCoding coding : values()) {
      Choice choice = coding.choice(choices);
      if (choice.isBetterThan(bestChoice)) {
        best = coding;
        bestChoice = choice;
      }
    }
    return best;
  }

  /** One element of Accept-Encoding. */
  private record Choice(String name, double weight, int position) {
    static final Choice NONE = new Choice("", 0, Integer.MAX_VALUE);

    boolean isBetterThan(Choice other) {
      return weight > other.weight
          || (weight > 0 && weight == other.weight && position < other.position);
    }
  }

  /** The best element that names this coding, otherwise the best {@code *}, placed last. */
  private Choice choice(List<Choice> choices) {
    Choice best = Choice.NONE;
    Choice others = Choice.NONE;
    boolean named = false;
    for (Choice choice : choices) {
      if (choice.name.equalsIgnoreCase(token)) {
        named = true;
        best = choice.isBetterThan(best) ? choice : best;
      } else if (choice.name.equals("*") && choice.weight > others.weight) {
        others = new Choice(choice.name, choice.weight, Integer.MAX_VALUE);
      }
    }
    return named ? best : others;
  }

  private static double weight(String parameters) {
    int start = parameters.toLowerCase(Locale.ROOT).indexOf("q=");
    if (start < 0) {
      return 1;
    }
    int end = parameters.indexOf(';', start);
    String number = parameters.substring(start + 2, end < 0 ? parameters.length() : end).strip();
    if (!number.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-')) {
      return 1;
    }
    try {
      return Math.clamp(Double.parseDouble(number), 0.0, 1.0);
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  /** Compresses, or returns null if the result would not be shorter than the original. */
  byte @Nullable [] compress(byte[] bytes, int offset, int length) {
    boolean gzip = this == GZIP;
    int trailer = gzip ? GZIP_TRAILER_BYTES : 0;
    int start = gzip ? GZIP_HEADER_BYTES : 0;
    byte[] result = new byte[length];
    int room = length - start - trailer;
    if (room <= 0) {
      return null;
    }
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, gzip);
    int end;
    try {
      deflater.setInput(bytes, offset, length);
      deflater.finish();
      end = start + deflater.deflate(result, start, room);
      if (!deflater.finished()) {
        return null;
      }
    } finally {
      deflater.end();
    }
    if (gzip) {
      result[0] = 0x1f;
      result[1] = (byte) 0x8b;
      result[2] = Deflater.DEFLATED;
      result[9] = (byte) 0xff; // made on no particular system
      CRC32 checksum = new CRC32();
      checksum.update(bytes, offset, length);
      writeLittleEndian(result, end, (int) checksum.getValue());
      writeLittleEndian(result, end + 4, length);
    }
    return Arrays.copyOf(result, end + trailer);
  }

  private static void writeLittleEndian(byte[] target, int offset, int value) {
    for (int i = 0; i < 4; i++) {
      target[offset + i] = (byte) (value >>> (8 * i));
    }
  }
}
