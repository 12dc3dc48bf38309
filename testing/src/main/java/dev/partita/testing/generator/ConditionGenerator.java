package dev.partita.testing.generator;

import dev.partita.testing.reference.Condition;
import dev.partita.testing.reference.Condition.Comparator;
import dev.partita.testing.reference.Guard;
import dev.partita.testing.reference.LegacyCondition;
import dev.partita.testing.reference.LegacyCondition.Operator;
import dev.partita.testing.reference.Operand;
import dev.partita.testing.reference.Path;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.Value.BinaryValue;
import dev.partita.testing.reference.Value.ListValue;
import dev.partita.testing.reference.Value.NumberValue;
import dev.partita.testing.reference.Value.StringValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Random conditions, as expressions and as legacy parameters. */
final class ConditionGenerator {

  private static final List<String> TYPES =
      List.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS");

  private final Choices choices;
  private final ValueGenerator values;
  private final PathGenerator paths;

  ConditionGenerator(Choices choices, ValueGenerator values, PathGenerator paths) {
    this.choices = choices;
    this.values = values;
    this.paths = paths;
  }

  /** A condition expression with at most that many levels of AND, OR and NOT. */
  Condition condition(int depth) {
    if (depth > 0 && choices.percent(40)) {
      return switch (choices.below(3)) {
        case 0 -> new Condition.And(condition(depth - 1), condition(depth - 1));
        case 1 -> new Condition.Or(condition(depth - 1), condition(depth - 1));
        default -> new Condition.Not(condition(depth - 1));
      };
    }
    return simple();
  }

  private Condition simple() {
    Path path = paths.any();
    return switch (choices.below(12)) {
      case 0, 1, 2, 3 -> comparison(path);
      case 4 -> between(path);
      case 5 -> in(path);
      case 6 -> new Condition.AttributeExists(path);
      case 7 -> new Condition.AttributeNotExists(path);
      case 8 ->
          new Condition.AttributeType(path, choices.permille(20) ? "X" : choices.oneOf(TYPES));
      case 9 -> new Condition.BeginsWith(new Operand.Attribute(path), prefix(path));
      case 10 -> contains();
      default -> size(path);
    };
  }

  private Condition comparison(Path path) {
    Comparator comparator = choices.oneOf(List.of(Comparator.values()));
    Operand attribute = new Operand.Attribute(path);
    Operand other = choices.percent(15) ? otherPath(path) : constant(path, isOrdered(comparator));
    return choices.percent(85)
        ? new Condition.Comparison(attribute, comparator, other)
        : new Condition.Comparison(other, comparator, attribute);
  }

  private static boolean isOrdered(Comparator comparator) {
    return switch (comparator) {
      case EQUAL, NOT_EQUAL -> false;
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
    };
  }

  /** Another path; the same one only now and then, which AWS refuses. */
  private Operand otherPath(Path path) {
    Path other = paths.any();
    while (other.equals(path) && !choices.permille(50)) {
      other = paths.any();
    }
    return new Operand.Attribute(other);
  }

  /** A constant to compare with; if it must be ordered it nearly always is. */
  private Operand constant(Path path, boolean ordered) {
    Value value = values.forAttribute(paths.leaf(path));
    if (ordered && !isOrdered(value) && !choices.permille(30)) {
      value = values.ordered();
    }
    return new Operand.Constant(value);
  }

  private static boolean isOrdered(Value value) {
    return value.type().length() == 1 && !value.type().equals("L") && !value.type().equals("M");
  }

  private Condition between(Path path) {
    Operand attribute = new Operand.Attribute(path);
    List<Value> bounds = bounds(values.ofType(choices.oneOf(List.of("S", "N", "N", "B")), 0));
    Operand low = new Operand.Constant(bounds.get(0));
    Operand high = new Operand.Constant(bounds.get(1));
    if (choices.percent(15)) {
      low = otherPath(path);
    }
    return new Condition.Between(attribute, low, high);
  }

  /** Two bounds of one type, nearly always in order. */
  List<Value> bounds(Value first) {
    Value second = values.ofType(first.type(), 0);
    return inOrder(first, second) == choices.permille(980)
        ? List.of(first, second)
        : List.of(second, first);
  }

  /** Whether the first of two values of one type is not the larger one. */
  boolean inOrder(Value first, Value second) {
    return compare(first, second) <= 0;
  }

  private static int compare(Value left, Value right) {
    if (left instanceof NumberValue a && right instanceof NumberValue b) {
      return a.number().compareTo(b.number());
    }
    if (left instanceof StringValue a && right instanceof StringValue b) {
      return java.util.Arrays.compare(
          a.text().codePoints().toArray(), b.text().codePoints().toArray());
    }
    if (left instanceof BinaryValue a && right instanceof BinaryValue b) {
      return a.octets().compareTo(b.octets());
    }
    return 0;
  }

  private Condition in(Path path) {
    List<Operand> candidates = new ArrayList<>();
    for (int i = choices.between(1, 5); i > 0; i--) {
      candidates.add(choices.percent(10) ? otherPath(path) : constant(path, false));
    }
    return new Condition.In(new Operand.Attribute(path), candidates);
  }

  private Operand prefix(Path path) {
    if (choices.percent(10)) {
      return otherPath(path);
    }
    String type = choices.permille(30) ? "N" : choices.oneOf(List.of("S", "S", "B"));
    return new Operand.Constant(values.ofType(type, 0));
  }

  private Condition contains() {
    Path path = paths.of(choices.oneOf(List.of("b", "e", "f", "g", "h", "e", "f", "g")));
    if (choices.percent(10)) {
      return new Condition.Contains(new Operand.Attribute(path), otherPath(path));
    }
    Value part = values.part(paths.leaf(path));
    return new Condition.Contains(new Operand.Attribute(path), new Operand.Constant(part));
  }

  private Condition size(Path path) {
    List<Comparator> comparators =
        List.of(Comparator.EQUAL, Comparator.LESS, Comparator.GREATER_OR_EQUAL);
    Value number = new NumberValue(BigDecimal.valueOf(choices.below(6)));
    return new Condition.Comparison(
        new Operand.Size(path), choices.oneOf(comparators), new Operand.Constant(number));
  }

  /** Expected, QueryFilter or ScanFilter; Value and Exists are known to Expected only. */
  Guard.Legacy legacy(boolean expected) {
    List<LegacyCondition> conditions = new ArrayList<>();
    List<String> attributes = choices.shuffled(Universe.ATTRIBUTES);
    int count = choices.between(1, 3);
    for (String attribute : attributes.subList(0, count)) {
      conditions.add(new LegacyCondition(attribute, test(attribute, expected)));
    }
    boolean any = count > 1 && choices.percent(50);
    return new Guard.Legacy(conditions, any, any || (count > 1 && choices.percent(30)));
  }

  private LegacyCondition.Test test(String attribute, boolean expected) {
    if (expected && choices.percent(25)) {
      return choices.percent(40)
          ? new LegacyCondition.DoesNotExist()
          : new LegacyCondition.HasValue(scalarOrSet(attribute), choices.percent(50));
    }
    Operator operator = choices.oneOf(List.of(Operator.values()));
    List<Value> operands =
        switch (operator) {
          case NULL, NOT_NULL -> List.of();
          case EQ, NE -> List.of(scalarOrSet(attribute));
          case LE, LT, GE, GT -> List.of(values.ordered());
          case CONTAINS, NOT_CONTAINS ->
              List.of(choices.percent(50) ? values.ordered() : values.part("g"));
          case BEGINS_WITH -> List.of(values.ofType(choices.percent(70) ? "S" : "B", 0));
          case BETWEEN -> bounds(values.ordered());
          case IN -> candidates();
        };
    if (choices.permille(20)) {
      operands = new ArrayList<>(operands);
      operands.add(choices.percent(50) ? new ListValue(List.of()) : values.ordered());
    }
    return new LegacyCondition.Compares(operator, operands);
  }

  private Value scalarOrSet(String attribute) {
    Value value = values.forAttribute(attribute);
    while (value.type().equals("L") || value.type().equals("M")) {
      value = values.any(0);
    }
    return value;
  }

  private List<Value> candidates() {
    Value first = values.ordered();
    List<Value> candidates = new ArrayList<>(List.of(first));
    for (int i = choices.below(3); i > 0; i--) {
      Value next = values.ofType(first.type(), 0);
      if (!candidates.contains(next)) {
        candidates.add(next);
      }
    }
    return candidates;
  }
}
