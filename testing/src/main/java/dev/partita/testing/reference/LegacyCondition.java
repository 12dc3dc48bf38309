package dev.partita.testing.reference;

import java.util.List;

/**
 * A condition of the parameters from before expressions: Expected, QueryFilter, ScanFilter.
 *
 * @param attribute the top-level attribute
 * @param test what must hold for it
 */
public record LegacyCondition(String attribute, Test test) {

  /** What must hold. */
  public sealed interface Test {}

  /** {@code Value}, possibly with {@code Exists: true}: the attribute has this value. */
  public record HasValue(Value value, boolean exists) implements Test {}

  /** {@code Exists: false}. */
  public record DoesNotExist() implements Test {}

  /** {@code ComparisonOperator} with {@code AttributeValueList}. */
  public record Compares(Operator operator, List<Value> values) implements Test {
    public Compares {
      values = List.copyOf(values);
    }
  }

  /** The comparison operators. */
  public enum Operator {
    EQ,
    NE,
    LE,
    LT,
    GE,
    GT,
    NOT_NULL,
    NULL,
    CONTAINS,
    NOT_CONTAINS,
    BEGINS_WITH,
    IN,
    BETWEEN
  }
}
