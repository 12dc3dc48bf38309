package dev.partita.protocol.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Looks a body over before it is parsed, for what the JSON parser lets through: bytes that are not
 * UTF-8 (overlong forms, surrogates) and escaped surrogates without their other half, neither of
 * which could be stored and given back as it came.
 */
final class Utf8Body {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private static final long LOW_BITS = 0x0101_0101_0101_0101L;
  private static final long BACKSLASHES = 0x5C5C_5C5C_5C5C_5C5CL;

  private Utf8Body() {}

  /** What a look at the bytes tells. */
  enum Finding {
    /** Not UTF-8. */
    MALFORMED,
    /** UTF-8 whose strings hold whole characters. */
    PLAIN,
    /** UTF-8 with escapes that may stand for half a surrogate pair. */
    ESCAPED_SURROGATES
  }

  /** Looks {@code body} over, eight bytes at a time unless something is unusual. */
  static Finding look(byte[] body) {
    int whole = body.length & -Long.BYTES;
    long seen = 0;
    long backslash = 0;
    for (int position = 0; position < whole; position += Long.BYTES) {
      long eight = (long) LONGS.get(body, position);
      seen |= eight;
      long difference = eight ^ BACKSLASHES;
      // A byte that is zero in the difference borrows from its high bit.
      backslash |= (difference - LOW_BITS) & ~difference;
    }
    for (int position = whole; position < body.length; position++) {
      seen |= body[position] & 0x80;
      backslash |= body[position] == '\\' ? HIGH_BITS : 0;
    }
    if ((seen & HIGH_BITS) != 0 && !isUtf8(body)) {
      return Finding.MALFORMED;
    }
    return (backslash & HIGH_BITS) != 0 && hasEscapedSurrogate(body)
        ? Finding.ESCAPED_SURROGATES
        : Finding.PLAIN;
  }

  private static boolean isUtf8(byte[] body) {
    try {
      // A decoder of its own reports errors; the String constructor would replace them.
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  private static boolean hasEscapedSurrogate(byte[] body) {
    for (int position = 0; position + 3 < body.length; position++) {
      if (body[position] == '\\'
          && body[position + 1] == 'u'
          && (body[position + 2] == 'd' || body[position + 2] == 'D')
          && body[position + 3] >= '8') {
        return true;
      }
    }
    return false;
  }

  /** Whether every surrogate of {@code text} has its other half. */
  static boolean isPaired(String text) {
    for (int index = 0; index < text.length(); index++) {
      char unit = text.charAt(index);
      if (Character.isHighSurrogate(unit)
          && index + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(index + 1))) {
        index++;
      } else if (Character.isSurrogate(unit)) {
        return false;
      }
    }
    return true;
  }
}
