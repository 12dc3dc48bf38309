package dev.partita.model;

import dev.partita.base.Bytes;
import dev.partita.base.InvariantBrokenException;
import java.nio.charset.StandardCharsets;

/**
 * Values of key attributes as bytes whose unsigned order is the order of the values: strings in
 * UTF-8, binaries as they are, numbers in the ordered form. Only the number is self-delimiting:
 * whoever puts two of them side by side adds a length or a terminator. The format never changes.
 */
public final class KeyEncoding {
  private KeyEncoding() {}

  /**
   * The bytes of a key value, which the caller must not change.
   *
   * @throws IllegalArgumentException if the value is of a type that keys cannot have
   */
  public static byte[] encode(AttributeValue keyValue) {
    return switch (keyValue) {
      case AttributeValue.StringValue(String text) -> text.getBytes(StandardCharsets.UTF_8);
      case AttributeValue.NumberValue(DecimalNumber number) -> number.toOrdered();
      case AttributeValue.BinaryValue(Bytes bytes) -> bytes.array();
      case AttributeValue.BooleanValue ignored -> throw noKey(keyValue.type());
      case AttributeValue.NullValue ignored -> throw noKey(keyValue.type());
      case AttributeValue.ListValue ignored -> throw noKey(keyValue.type());
      case AttributeValue.MapValue ignored -> throw noKey(keyValue.type());
      case AttributeValue.StringSetValue ignored -> throw noKey(keyValue.type());
      case AttributeValue.NumberSetValue ignored -> throw noKey(keyValue.type());
      case AttributeValue.BinarySetValue ignored -> throw noKey(keyValue.type());
    };
  }

  /**
   * The value of type S, N or B whose bytes these are.
   *
   * @throws InvariantBrokenException if they are not such a value
   */
  public static AttributeValue decode(AttributeType type, byte[] source, int offset, int length) {
    return switch (type) {
      case S -> new AttributeValue.StringValue(Utf8.decode(source, offset, length));
      case B -> new AttributeValue.BinaryValue(Bytes.copyOf(source, offset, length));
      case N -> {
        int end = offset + length;
        if (DecimalNumber.orderedLength(source, offset, end) != length) {
          throw new InvariantBrokenException("Stored key has bytes behind its number");
        }
        yield new AttributeValue.NumberValue(DecimalNumber.fromOrdered(source, offset, end));
      }
      case BOOL, NULL, L, M, SS, NS, BS -> throw noKey(type);
    };
  }

  /** Compares two key values of one type as their bytes compare. */
  public static int compare(AttributeValue left, AttributeValue right) {
    return ValueOrder.compare(left, right);
  }

  private static IllegalArgumentException noKey(AttributeType type) {
    return new IllegalArgumentException("No key attribute has the type " + type);
  }
}
