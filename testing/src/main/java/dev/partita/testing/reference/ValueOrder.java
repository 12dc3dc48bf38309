package dev.partita.testing.reference;

import dev.partita.testing.reference.Value.BinaryValue;
import dev.partita.testing.reference.Value.NumberValue;
import dev.partita.testing.reference.Value.StringValue;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.OptionalInt;

/** The order of strings, numbers and binaries. Other values, and values of two types, have none. */
public final class ValueOrder {

  private final Mutation mutation;

  /** The order of DynamoDB, or the mistaken one. */
  public ValueOrder(Mutation mutation) {
    this.mutation = mutation;
  }

  /** Whether values of this type have an order. */
  static boolean ordered(Value value) {
    return value instanceof StringValue
        || value instanceof NumberValue
        || value instanceof BinaryValue;
  }

  /** Negative, zero or positive; empty if the two cannot be ordered. */
  public OptionalInt compare(Value left, Value right) {
    if (left instanceof StringValue a && right instanceof StringValue b) {
      return OptionalInt.of(compareStrings(a.text(), b.text()));
    }
    if (left instanceof NumberValue a && right instanceof NumberValue b) {
      return OptionalInt.of(compareNumbers(a.number(), b.number()));
    }
    if (left instanceof BinaryValue a && right instanceof BinaryValue b) {
      return OptionalInt.of(compareBinaries(a.octets(), b.octets()));
    }
    return OptionalInt.empty();
  }

  /** The order of sort keys of one table, which are all of one type. */
  Comparator<Value> ofKeys() {
    return (left, right) -> compare(left, right).orElse(0);
  }

  private int compareNumbers(BigDecimal left, BigDecimal right) {
    if (mutation == Mutation.NEGATIVE_NUMBERS_ORDERED_AS_TEXT
        && left.signum() < 0
        && right.signum() < 0) {
      return left.toPlainString().compareTo(right.toPlainString());
    }
    return left.compareTo(right);
  }

  /** The order of the UTF-8 bytes, which is that of the code points. */
  private int compareStrings(String left, String right) {
    if (mutation == Mutation.STRINGS_ORDERED_BY_UTF16) {
      return left.compareTo(right);
    }
    int[] a = left.codePoints().toArray();
    int[] b = right.codePoints().toArray();
    return java.util.Arrays.compare(a, b);
  }

  private int compareBinaries(String left, String right) {
    if (mutation == Mutation.BINARY_ORDERED_SIGNED) {
      return compareSigned(left, right);
    }
    return left.compareTo(right);
  }

  private static int compareSigned(String left, String right) {
    for (int i = 0; i < Math.min(left.length(), right.length()); i++) {
      int difference = Byte.compare((byte) left.charAt(i), (byte) right.charAt(i));
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
