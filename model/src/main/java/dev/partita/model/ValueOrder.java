package dev.partita.model;

/** The order of strings (by UTF-8 bytes), numbers and binaries; other types have none. */
public final class ValueOrder {
  private ValueOrder() {}

  /** Whether values of {@code type} have an order: S, N and B. */
  public static boolean isOrdered(AttributeType type) {
    return type == AttributeType.S || type == AttributeType.N || type == AttributeType.B;
  }

  /** Whether the two may be compared: both of one ordered type. */
  public static boolean comparable(AttributeValue left, AttributeValue right) {
    return left.type() == right.type() && isOrdered(left.type());
  }

  /**
   * Negative, zero or positive.
   *
   * @throws IllegalArgumentException if they are not {@link #comparable}
   */
  public static int compare(AttributeValue left, AttributeValue right) {
    if (left instanceof AttributeValue.StringValue a
        && right instanceof AttributeValue.StringValue b) {
      return Utf8.compare(a.value(), b.value());
    }
    if (left instanceof AttributeValue.NumberValue a
        && right instanceof AttributeValue.NumberValue b) {
      return a.value().compareTo(b.value());
    }
    if (left instanceof AttributeValue.BinaryValue a
        && right instanceof AttributeValue.BinaryValue b) {
      return a.value().compareTo(b.value());
    }
    throw new IllegalArgumentException(
        "No order between the types " + left.type() + " and " + right.type());
  }
}
