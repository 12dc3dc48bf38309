package dev.partita.model;

import java.nio.charset.StandardCharsets;

/**
 * UTF-8 lengths, bytes and order of strings, with fast paths for ASCII. A lone surrogate counts and
 * encodes as one question mark, as the JDK encodes it.
 */
final class Utf8 {
  private Utf8() {}

  static String decode(byte[] source, int offset, int length) {
    return new String(source, offset, length, StandardCharsets.UTF_8);
  }

  /** Bytes that {@code text} takes. */
  static int length(String text) {
    int chars = text.length();
    int bytes = chars;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        continue;
      }
      if (c < 0x800) {
        bytes++;
      } else if (!Character.isSurrogate(c)) {
        bytes += 2;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < chars
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 2;
        i++;
      }
    }
    return bytes;
  }

  /** Orders as the UTF-8 bytes do, unsigned. */
  static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        // Surrogates stand for code points above every other char.
        boolean surrogateA = Character.isSurrogate(a);
        boolean surrogateB = Character.isSurrogate(b);
        return surrogateA == surrogateB ? a - b : surrogateA ? 1 : -1;
      }
    }
    return left.length() - right.length();
  }

  /** Whether the bytes are the UTF-8 of {@code text}. */
  static boolean matches(String text, byte[] source, int offset, int length) {
    int chars = text.length();
    if (length < chars) {
      return false;
    }
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return text.equals(decode(source, offset, length));
      }
      if (c != source[offset + i]) {
        return false;
      }
    }
    return length == chars;
  }
}
