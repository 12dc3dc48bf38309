package dev.partita.model.expression;

import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The forms of bound conditions. Their depth is bounded by the parser. */
final class Conditions {
  private Conditions() {}

  /** True if all parts are; also if there are none. */
  record AllOf(List<Condition> parts) implements Condition {
    @Override
    public boolean matches(Item item) {
      for (int i = 0; i < parts.size(); i++) {
        if (!parts.get(i).matches(item)) {
          return false;
        }
      }
      return true;
    }
  }

  /** True if any part is. */
  record AnyOf(List<Condition> parts) implements Condition {
    @Override
    public boolean matches(Item item) {
      for (int i = 0; i < parts.size(); i++) {
        if (parts.get(i).matches(item)) {
          return true;
        }
      }
      return false;
    }
  }

  /** True if the part is not. */
  record Not(Condition part) implements Condition {
    @Override
    public boolean matches(Item item) {
      return !part.matches(item);
    }
  }

  /** A comparator between two operands. */
  record Compare(Comparator comparator, Operand left, Operand right) implements Condition {
    @Override
    public boolean matches(Item item) {
      return comparator.holds(left.value(item), right.value(item));
    }
  }

  /** Both bounds included. */
  record Between(Operand operand, Operand low, Operand high) implements Condition {
    @Override
    public boolean matches(Item item) {
      AttributeValue value = operand.value(item);
      return Comparator.GREATER_OR_EQUAL.holds(value, low.value(item))
          && Comparator.LESS_OR_EQUAL.holds(value, high.value(item));
    }
  }

  /** Equal to any candidate. */
  record In(Operand operand, List<Operand> candidates) implements Condition {
    @Override
    public boolean matches(Item item) {
      AttributeValue value = operand.value(item);
      if (value == null) {
        return false;
      }
      for (int i = 0; i < candidates.size(); i++) {
        if (value.equals(candidates.get(i).value(item))) {
          return true;
        }
      }
      return false;
    }
  }

  /** Whether there is a value at the path, or, if not {@code wanted}, whether there is none. */
  record Exists(Path path, boolean wanted) implements Condition {
    @Override
    public boolean matches(Item item) {
      boolean exists = path.rest().isEmpty() ? item.contains(path.top()) : path.find(item) != null;
      return exists == wanted;
    }
  }

  /** Whether the operand's value is of the type. */
  record HasType(Operand operand, AttributeType type) implements Condition {
    @Override
    public boolean matches(Item item) {
      AttributeValue value = operand.value(item);
      return value != null && value.type() == type;
    }
  }

  /** Whether a string or binary begins with another. */
  record BeginsWith(Operand operand, Operand prefix) implements Condition {
    @Override
    public boolean matches(Item item) {
      AttributeValue value = operand.value(item);
      AttributeValue beginning = prefix.value(item);
      if (value instanceof AttributeValue.StringValue text
          && beginning instanceof AttributeValue.StringValue start) {
        return text.value().startsWith(start.value());
      }
      return value instanceof AttributeValue.BinaryValue bytes
          && beginning instanceof AttributeValue.BinaryValue start
          && bytes.value().startsWith(start.value());
    }
  }

  /** Whether a string or binary has another as a part, or a set or list has it as an element. */
  record Contains(Operand operand, Operand part) implements Condition {
    @Override
    public boolean matches(Item item) {
      AttributeValue whole = operand.value(item);
      AttributeValue wanted = part.value(item);
      return whole != null && wanted != null && contains(whole, wanted);
    }

    private static boolean contains(AttributeValue whole, AttributeValue wanted) {
      return switch (whole) {
        case AttributeValue.StringValue text ->
            wanted instanceof AttributeValue.StringValue other
                && text.value().contains(other.value());
        case AttributeValue.BinaryValue bytes ->
            wanted instanceof AttributeValue.BinaryValue other
                && bytes.value().contains(other.value());
        case AttributeValue.ListValue list -> list.values().contains(wanted);
        case AttributeValue.StringSetValue set ->
            wanted instanceof AttributeValue.StringValue other
                && set.values().contains(other.value());
        case AttributeValue.NumberSetValue set ->
            wanted instanceof AttributeValue.NumberValue other
                && set.values().contains(other.value());
        case AttributeValue.BinarySetValue set ->
            wanted instanceof AttributeValue.BinaryValue other
                && set.values().contains(other.value());
        case AttributeValue.NumberValue ignored -> false;
        case AttributeValue.BooleanValue ignored -> false;
        case AttributeValue.NullValue ignored -> false;
        case AttributeValue.MapValue ignored -> false;
      };
    }
  }

  /** A QueryFilter or ScanFilter, whose faults AWS words otherwise. */
  record LegacyFilter(Condition condition) implements Condition {
    @Override
    public boolean matches(Item item) {
      return condition.matches(item);
    }
  }

  /** Adds the top-level attributes that {@code condition} mentions. */
  static void collect(Condition condition, Set<String> names) {
    switch (condition) {
      case AllOf(List<Condition> parts) -> parts.forEach(part -> collect(part, names));
      case AnyOf(List<Condition> parts) -> parts.forEach(part -> collect(part, names));
      case Not(Condition part) -> collect(part, names);
      case LegacyFilter(Condition inner) -> collect(inner, names);
      case Compare compare -> {
        collect(compare.left(), names);
        collect(compare.right(), names);
      }
      case Between between -> {
        collect(between.operand(), names);
        collect(between.low(), names);
        collect(between.high(), names);
      }
      case In in -> {
        collect(in.operand(), names);
        in.candidates().forEach(candidate -> collect(candidate, names));
      }
      case Exists exists -> names.add(exists.path().top());
      case HasType hasType -> collect(hasType.operand(), names);
      case BeginsWith beginsWith -> {
        collect(beginsWith.operand(), names);
        collect(beginsWith.prefix(), names);
      }
      case Contains contains -> {
        collect(contains.operand(), names);
        collect(contains.part(), names);
      }
    }
  }

  private static void collect(@Nullable Operand operand, Set<String> names) {
    Operand rest = operand;
    while (rest instanceof Operand.Size(Operand inner)) {
      rest = inner;
    }
    switch (rest) {
      case null -> {}
      case Operand.OfPath(Path path) -> names.add(path.top());
      case Operand.Truth(Condition condition) -> collect(condition, names);
      case Operand.Literal ignored -> {}
      case Operand.Size ignored -> {}
    }
  }
}
