package dev.partita.testing.reference;

import dev.partita.testing.reference.Condition.Comparator;
import dev.partita.testing.reference.Value.BinarySetValue;
import dev.partita.testing.reference.Value.BinaryValue;
import dev.partita.testing.reference.Value.ListValue;
import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.Value.NumberSetValue;
import dev.partita.testing.reference.Value.NumberValue;
import dev.partita.testing.reference.Value.StringSetValue;
import dev.partita.testing.reference.Value.StringValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Whether a condition holds for an item. A missing item is an item without attributes. */
final class ConditionEvaluator {

  private final Mutation mutation;
  private final ValueOrder order;

  ConditionEvaluator(Mutation mutation) {
    this.mutation = mutation;
    this.order = new ValueOrder(mutation);
  }

  boolean holds(Guard guard, MapValue item) {
    return switch (guard) {
      case Guard.Always always -> true;
      case Guard.Expression expression -> holds(expression.condition(), item);
      case Guard.Legacy legacy -> {
        boolean any = legacy.any() && mutation != Mutation.CONDITIONAL_OPERATOR_IGNORED;
        yield any
            ? legacy.conditions().stream().anyMatch(condition -> holds(condition, item))
            : legacy.conditions().stream().allMatch(condition -> holds(condition, item));
      }
    };
  }

  private boolean holds(Condition condition, MapValue item) {
    return switch (condition) {
      case Condition.Comparison comparison ->
          compares(
              operand(comparison.left(), item),
              comparison.comparator(),
              operand(comparison.right(), item));
      case Condition.Between between ->
          isBetween(
              operand(between.operand(), item),
              operand(between.low(), item),
              operand(between.high(), item));
      case Condition.In in -> {
        Optional<Value> value = operand(in.operand(), item);
        yield in.candidates().stream()
            .anyMatch(candidate -> compares(value, Comparator.EQUAL, operand(candidate, item)));
      }
      case Condition.AttributeExists exists -> Paths.find(item, exists.path()).isPresent();
      case Condition.AttributeNotExists exists -> Paths.find(item, exists.path()).isEmpty();
      case Condition.AttributeType type ->
          Paths.find(item, type.path()).filter(v -> v.type().equals(type.type())).isPresent();
      case Condition.BeginsWith begins ->
          both(operand(begins.operand(), item), operand(begins.prefix(), item), this::beginsWith);
      case Condition.Contains contains ->
          both(operand(contains.operand(), item), operand(contains.part(), item), this::contains);
      case Condition.And and -> holds(and.left(), item) && holds(and.right(), item);
      case Condition.Or or -> holds(or.left(), item) || holds(or.right(), item);
      case Condition.Not not -> !holds(not.condition(), item);
    };
  }

  private Optional<Value> operand(Operand operand, MapValue item) {
    return switch (operand) {
      case Operand.Attribute attribute -> Paths.find(item, attribute.path());
      case Operand.Constant constant -> Optional.of(constant.value());
      case Operand.Size size -> Paths.find(item, size.path()).flatMap(ConditionEvaluator::size);
    };
  }

  /** Elements of a collection, bytes of a binary, characters of a string; nothing for others. */
  private static Optional<Value> size(Value value) {
    return switch (value) {
      case StringValue string -> {
        if (ItemSize.utf8(string.text()) != string.text().length()) {
          throw new UndecidedException("size() of a string that is not ASCII");
        }
        yield number(string.text().length());
      }
      case BinaryValue binary -> number(binary.octets().length());
      case ListValue list -> number(list.elements().size());
      case MapValue map -> number(map.members().size());
      case StringSetValue set -> number(set.elements().size());
      case NumberSetValue set -> number(set.elements().size());
      case BinarySetValue set -> number(set.elements().size());
      case NumberValue other -> Optional.empty();
      case Value.BooleanValue other -> Optional.empty();
      case Value.NullValue other -> Optional.empty();
    };
  }

  private static Optional<Value> number(int number) {
    return Optional.of(new NumberValue(BigDecimal.valueOf(number)));
  }

  private interface Test {
    boolean holds(Value left, Value right);
  }

  /** False if a value is missing. */
  private static boolean both(Optional<Value> left, Optional<Value> right, Test test) {
    return left.isPresent() && right.isPresent() && test.holds(left.get(), right.get());
  }

  private boolean compares(Optional<Value> left, Comparator comparator, Optional<Value> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return comparator == Comparator.NOT_EQUAL && mutation != Mutation.NOT_EQUAL_FALSE_ON_MISSING;
    }
    return compares(left.get(), comparator, right.get());
  }

  /** Whether two values compare so. */
  boolean compares(Value left, Comparator comparator, Value right) {
    return switch (comparator) {
      case EQUAL -> left.equals(right);
      case NOT_EQUAL -> !left.equals(right);
      case LESS -> order.compare(left, right).orElse(0) < 0;
      case GREATER -> order.compare(left, right).orElse(0) > 0;
      case LESS_OR_EQUAL -> order.compare(left, right).orElse(1) <= 0;
      case GREATER_OR_EQUAL -> order.compare(left, right).orElse(-1) >= 0;
    };
  }

  private boolean isBetween(Optional<Value> value, Optional<Value> low, Optional<Value> high) {
    if (mutation == Mutation.BETWEEN_EXCLUSIVE) {
      return compares(value, Comparator.GREATER, low) && compares(value, Comparator.LESS, high);
    }
    return compares(value, Comparator.GREATER_OR_EQUAL, low)
        && compares(value, Comparator.LESS_OR_EQUAL, high);
  }

  private boolean beginsWith(Value value, Value prefix) {
    if (value instanceof StringValue string && prefix instanceof StringValue start) {
      return string.text().startsWith(start.text());
    }
    return value instanceof BinaryValue binary
        && prefix instanceof BinaryValue start
        && binary.octets().startsWith(start.octets());
  }

  private boolean contains(Value whole, Value part) {
    if (whole instanceof StringValue string && part instanceof StringValue piece) {
      return string.text().contains(piece.text());
    }
    if (mutation == Mutation.CONTAINS_SUBSTRING_ONLY) {
      return false;
    }
    if (whole instanceof BinaryValue binary && part instanceof BinaryValue piece) {
      return binary.octets().contains(piece.octets());
    }
    if (whole instanceof StringSetValue set && part instanceof StringValue element) {
      return set.elements().contains(element.text());
    }
    if (whole instanceof NumberSetValue set && part instanceof NumberValue element) {
      return set.elements().contains(element.number());
    }
    if (whole instanceof BinarySetValue set && part instanceof BinaryValue element) {
      return set.elements().contains(element.octets());
    }
    return whole instanceof ListValue list && list.elements().contains(part);
  }

  private boolean holds(LegacyCondition condition, MapValue item) {
    Optional<Value> value = item.member(condition.attribute());
    return switch (condition.test()) {
      case LegacyCondition.DoesNotExist none -> value.isEmpty();
      case LegacyCondition.HasValue expected ->
          compares(value, Comparator.EQUAL, Optional.of(expected.value()));
      case LegacyCondition.Compares compares ->
          holds(compares.operator(), value, compares.values());
    };
  }

  /** Whether a value, possibly missing, compares so to valid operands. */
  boolean holds(LegacyCondition.Operator operator, Optional<Value> value, List<Value> operands) {
    return switch (operator) {
      case NULL -> value.isEmpty();
      case NOT_NULL -> value.isPresent();
      case EQ -> compares(value, Comparator.EQUAL, first(operands));
      case NE -> compares(value, Comparator.NOT_EQUAL, first(operands));
      case LE -> compares(value, Comparator.LESS_OR_EQUAL, first(operands));
      case LT -> compares(value, Comparator.LESS, first(operands));
      case GE -> compares(value, Comparator.GREATER_OR_EQUAL, first(operands));
      case GT -> compares(value, Comparator.GREATER, first(operands));
      case BETWEEN -> isBetween(value, first(operands), Optional.of(operands.get(1)));
      case BEGINS_WITH -> both(value, first(operands), this::beginsWith);
      case CONTAINS -> both(value, first(operands), this::contains);
      case NOT_CONTAINS ->
          value.isEmpty()
              ? mutation == Mutation.NOT_CONTAINS_TRUE_ON_MISSING
              : !both(value, first(operands), this::contains);
      case IN -> operands.stream().anyMatch(o -> compares(value, Comparator.EQUAL, Optional.of(o)));
    };
  }

  private static Optional<Value> first(List<Value> operands) {
    return Optional.of(operands.getFirst());
  }
}
