package dev.partita.model;

import dev.partita.base.InvariantBrokenException;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Several key values as one byte string whose unsigned order is the order of the values, the first
 * counting most. Each element shows its own end, so that more bytes may follow. For the keys of
 * indexes; the format never changes.
 *
 * <p>A number is its ordered form. Strings and binaries are their bytes with {@code 00} written as
 * {@code 00 FF}, and end in {@code 00 01}: a value that begins another comes before it.
 *
 * <p>Source: the tuple layer of FoundationDB uses the same escape.
 */
public final class KeyTuple {
  private static final int ESCAPED = 0xFF;
  private static final int END = 0x01;

  private KeyTuple() {}

  /** The bytes of {@code values}, all of types that keys can have. */
  public static byte[] encode(List<AttributeValue> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (AttributeValue value : values) {
      byte[] encoded = KeyEncoding.encode(value);
      if (value.type() == AttributeType.N) {
        out.write(encoded, 0, encoded.length);
      } else {
        escape(out, encoded);
        out.write(0);
        out.write(END);
      }
    }
    return out.toByteArray();
  }

  /**
   * The bytes of {@code values} and behind them the beginning of a string or binary: what the
   * tuples start with whose next element begins with {@code prefix}.
   */
  public static byte[] encodePrefix(List<AttributeValue> values, AttributeValue prefix) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] before = encode(values);
    out.write(before, 0, before.length);
    escape(out, KeyEncoding.encode(prefix));
    return out.toByteArray();
  }

  /**
   * The offset behind a tuple of values of these types that begins at {@code offset}.
   *
   * @throws dev.partita.base.InvariantBrokenException if there is no such tuple
   */
  public static int end(List<AttributeType> types, byte[] source, int offset) {
    int position = offset;
    for (AttributeType type : types) {
      position +=
          type == AttributeType.N
              ? DecimalNumber.orderedLength(source, position, source.length)
              : escapedLength(source, position);
    }
    return position;
  }

  private static int escapedLength(byte[] source, int offset) {
    for (int position = offset; position + 1 < source.length; position++) {
      if (source[position] == 0) {
        position++;
        if (source[position] == END) {
          return position + 1 - offset;
        }
      }
    }
    throw new InvariantBrokenException("Stored key tuple has no end");
  }

  private static void escape(ByteArrayOutputStream out, byte[] bytes) {
    for (byte value : bytes) {
      out.write(value);
      if (value == 0) {
        out.write(ESCAPED);
      }
    }
  }
}
