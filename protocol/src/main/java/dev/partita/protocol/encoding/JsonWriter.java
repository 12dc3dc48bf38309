package dev.partita.protocol.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as UTF-8 into one growing array. Commas are put by looking at the last byte written,
 * so that callers only open, name, write and close. Not thread-safe.
 */
final class JsonWriter {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final byte[] BASE64 = base64Alphabet();
  private static final int ESCAPED_MAX = 6;
  private static final int UTF8_PER_CHAR_MAX = 3;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long LOW_BITS = 0x0101_0101_0101_0101L;
  private static final long CONTROLS_END = 0x2020_2020_2020_2020L;
  private static final long QUOTES = 0x2222_2222_2222_2222L;
  private static final long BACKSLASHES = 0x5C5C_5C5C_5C5C_5C5CL;

  private byte[] bytes;
  private int size;

  JsonWriter(int capacity) {
    bytes = new byte[capacity];
  }

  private static byte[] base64Alphabet() {
    byte[] alphabet = new byte[64];
    for (int index = 0; index < 26; index++) {
      alphabet[index] = (byte) ('A' + index);
      alphabet[26 + index] = (byte) ('a' + index);
    }
    for (int index = 0; index < 10; index++) {
      alphabet[52 + index] = (byte) ('0' + index);
    }
    alphabet[62] = '+';
    alphabet[63] = '/';
    return alphabet;
  }

  /** A copy of what was written. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  JsonWriter startObject() {
    separate();
    return put('{');
  }

  JsonWriter endObject() {
    return put('}');
  }

  JsonWriter startArray() {
    separate();
    return put('[');
  }

  JsonWriter endArray() {
    return put(']');
  }

  /** Opens something with {@code prefix}, which is JSON as it is and ends before a value. */
  JsonWriter open(byte[] prefix) {
    separate();
    copy(prefix, 0, prefix.length);
    return this;
  }

  /** Closes what {@link #open} opened with {@code suffix}. */
  JsonWriter close(byte[] suffix) {
    copy(suffix, 0, suffix.length);
    return this;
  }

  /** The name of the member whose value comes next. */
  JsonWriter name(String name) {
    separate();
    quote(name);
    return put(':');
  }

  /** As {@link #name(String)}, in UTF-8. */
  JsonWriter name(byte[] source, int offset, int length) {
    separate();
    quote(source, offset, length);
    return put(':');
  }

  JsonWriter value(String text) {
    separate();
    quote(text);
    return this;
  }

  /** As {@link #value(String)}, in UTF-8. */
  JsonWriter value(byte[] source, int offset, int length) {
    separate();
    quote(source, offset, length);
    return this;
  }

  JsonWriter value(boolean value) {
    separate();
    return ascii(value ? "true" : "false");
  }

  JsonWriter value(long value) {
    separate();
    return ascii(Long.toString(value));
  }

  /** As Java and AWS print doubles: 0.5, 1.0, 1.700000000123E9. */
  JsonWriter value(double value) {
    separate();
    return ascii(Double.toString(value));
  }

  /** Bytes in base 64. */
  JsonWriter base64(byte[] source, int offset, int length) {
    separate();
    reserve((length + 2) / 3 * 4 + 2);
    put('"');
    int end = offset + length;
    int position = offset;
    for (; position + 2 < end; position += 3) {
      int group =
          ((source[position] & 0xFF) << 16)
              | ((source[position + 1] & 0xFF) << 8)
              | (source[position + 2] & 0xFF);
      bytes[size++] = BASE64[group >>> 18];
      bytes[size++] = BASE64[(group >>> 12) & 0x3F];
      bytes[size++] = BASE64[(group >>> 6) & 0x3F];
      bytes[size++] = BASE64[group & 0x3F];
    }
    if (position < end) {
      boolean two = position + 1 < end;
      int group =
          ((source[position] & 0xFF) << 16) | (two ? (source[position + 1] & 0xFF) << 8 : 0);
      bytes[size++] = BASE64[group >>> 18];
      bytes[size++] = BASE64[(group >>> 12) & 0x3F];
      bytes[size++] = two ? BASE64[(group >>> 6) & 0x3F] : (byte) '=';
      bytes[size++] = '=';
    }
    return put('"');
  }

  JsonWriter member(String name, @Nullable String value) {
    return value == null ? this : name(name).value(value);
  }

  JsonWriter member(String name, @Nullable Enum<?> value) {
    return value == null ? this : name(name).value(value.name());
  }

  JsonWriter member(String name, long value) {
    return name(name).value(value);
  }

  JsonWriter member(String name, @Nullable Long value) {
    return value == null ? this : name(name).value(value.longValue());
  }

  JsonWriter member(String name, @Nullable Double value) {
    return value == null ? this : name(name).value(value.doubleValue());
  }

  JsonWriter member(String name, @Nullable Boolean value) {
    return value == null ? this : name(name).value(value.booleanValue());
  }

  /** A comma, unless this is the first of its container or the value of a name. */
  private void separate() {
    if (size > 0) {
      byte last = bytes[size - 1];
      if (last != '{' && last != '[' && last != ':') {
        put(',');
      }
    }
  }

  private JsonWriter put(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  private JsonWriter ascii(String text) {
    int length = text.length();
    reserve(length);
    for (int index = 0; index < length; index++) {
      bytes[size++] = (byte) text.charAt(index);
    }
    return this;
  }

  private void quote(String text) {
    int length = text.length();
    put('"');
    reserve(length * UTF8_PER_CHAR_MAX + 1);
    for (int index = 0; index < length; index++) {
      char unit = text.charAt(index);
      if (unit >= 0x20 && unit < 0x80 && unit != '"' && unit != '\\') {
        bytes[size++] = (byte) unit;
      } else if (unit < 0x80) {
        escape((byte) unit);
        reserve((length - index) * UTF8_PER_CHAR_MAX + 1);
      } else if (unit < 0x800) {
        bytes[size++] = (byte) (0xC0 | (unit >> 6));
        bytes[size++] = (byte) (0x80 | (unit & 0x3F));
      } else if (Character.isHighSurrogate(unit)
          && index + 1 < length
          && Character.isLowSurrogate(text.charAt(index + 1))) {
        int point = Character.toCodePoint(unit, text.charAt(++index));
        bytes[size++] = (byte) (0xF0 | (point >> 18));
        bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        bytes[size++] = (byte) (0x80 | (point & 0x3F));
      } else if (Character.isSurrogate(unit)) {
        // Half a pair, which no request can bring in; an error message might quote one.
        bytes[size++] = '?';
      } else {
        bytes[size++] = (byte) (0xE0 | (unit >> 12));
        bytes[size++] = (byte) (0x80 | ((unit >> 6) & 0x3F));
        bytes[size++] = (byte) (0x80 | (unit & 0x3F));
      }
    }
    put('"');
  }

  private void quote(byte[] source, int offset, int length) {
    reserve(length + 2);
    bytes[size++] = '"';
    int end = offset + length;
    int copied = offset;
    int position = offset;
    while (position < end) {
      if (end - position >= Long.BYTES && !mustEscape((long) LONGS.get(source, position))) {
        position += Long.BYTES;
        continue;
      }
      byte unit = source[position];
      if ((unit >= 0 && unit < 0x20) || unit == '"' || unit == '\\') {
        copy(source, copied, position);
        escape(unit);
        copied = position + 1;
      }
      position++;
    }
    copy(source, copied, end);
    put('"');
  }

  /**
   * Whether one of eight bytes must be escaped; may be wrong the safe way after a byte that must.
   */
  private static boolean mustEscape(long eight) {
    long quotes = eight ^ QUOTES;
    long backslashes = eight ^ BACKSLASHES;
    long found =
        ((eight - CONTROLS_END) & ~eight)
            | ((quotes - LOW_BITS) & ~quotes)
            | ((backslashes - LOW_BITS) & ~backslashes);
    return (found & HIGH_BITS) != 0;
  }

  private void copy(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, size, to - from);
    size += to - from;
  }

  private void escape(byte unit) {
    reserve(ESCAPED_MAX);
    bytes[size++] = '\\';
    switch (unit) {
      case '"', '\\' -> bytes[size++] = unit;
      case '\n' -> bytes[size++] = 'n';
      case '\r' -> bytes[size++] = 'r';
      case '\t' -> bytes[size++] = 't';
      default -> {
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[unit >> 4];
        bytes[size++] = HEX[unit & 0xF];
      }
    }
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
