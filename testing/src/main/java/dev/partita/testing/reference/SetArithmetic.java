package dev.partita.testing.reference;

import dev.partita.testing.reference.Value.BinarySetValue;
import dev.partita.testing.reference.Value.ListValue;
import dev.partita.testing.reference.Value.NumberSetValue;
import dev.partita.testing.reference.Value.NumberValue;
import dev.partita.testing.reference.Value.StringSetValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Sums of numbers; unions and differences of sets. */
final class SetArithmetic {

  private final Mutation mutation;

  SetArithmetic(Mutation mutation) {
    this.mutation = mutation;
  }

  /** The exact sum, which must be a valid number. */
  Value sum(BigDecimal left, BigDecimal right) {
    BigDecimal sum =
        mutation == Mutation.ARITHMETIC_IN_DOUBLE
            ? BigDecimal.valueOf(left.doubleValue() + right.doubleValue())
            : left.add(right);
    try {
      ValueRules.check(sum);
    } catch (RefusedException refused) {
      // AWS calls a sum of more than 38 digits an overflow too, so the text is left open.
      throw RefusedException.validation();
    }
    return new NumberValue(sum);
  }

  /** The sum of numbers, the union of sets, the concatenation of lists. */
  Value add(Value present, Value operand, String mismatch) {
    if (present instanceof NumberValue a && operand instanceof NumberValue b) {
      return sum(a.number(), b.number());
    }
    if (present instanceof StringSetValue a && operand instanceof StringSetValue b) {
      return new StringSetValue(union(a.elements(), b.elements()));
    }
    if (present instanceof NumberSetValue a && operand instanceof NumberSetValue b) {
      return new NumberSetValue(union(a.elements(), b.elements()));
    }
    if (present instanceof BinarySetValue a && operand instanceof BinarySetValue b) {
      return new BinarySetValue(union(a.elements(), b.elements()));
    }
    if (present instanceof ListValue a && operand instanceof ListValue b) {
      List<Value> elements = new ArrayList<>(a.elements());
      elements.addAll(b.elements());
      return new ListValue(elements);
    }
    throw RefusedException.validation(mismatch);
  }

  /** The set without the operand's elements; nothing if none is left. */
  Optional<Value> delete(Value present, Value operand) {
    if (present instanceof StringSetValue a && operand instanceof StringSetValue b) {
      SortedSet<String> rest = difference(a.elements(), b.elements());
      return unlessEmpty(rest, new StringSetValue(rest));
    }
    if (present instanceof NumberSetValue a && operand instanceof NumberSetValue b) {
      SortedSet<BigDecimal> rest = difference(a.elements(), b.elements());
      return unlessEmpty(rest, new NumberSetValue(rest));
    }
    if (present instanceof BinarySetValue a && operand instanceof BinarySetValue b) {
      SortedSet<String> rest = difference(a.elements(), b.elements());
      return unlessEmpty(rest, new BinarySetValue(rest));
    }
    throw RefusedException.validation();
  }

  private Optional<Value> unlessEmpty(SortedSet<?> rest, Value set) {
    return rest.isEmpty() && mutation != Mutation.LAST_SET_ELEMENT_LEAVES_EMPTY_SET
        ? Optional.empty()
        : Optional.of(set);
  }

  private static <T> SortedSet<T> union(SortedSet<T> left, SortedSet<T> right) {
    SortedSet<T> union = new TreeSet<>(left);
    union.addAll(right);
    return union;
  }

  private static <T> SortedSet<T> difference(SortedSet<T> left, SortedSet<T> right) {
    SortedSet<T> rest = new TreeSet<>(left);
    rest.removeAll(right);
    return rest;
  }
}
