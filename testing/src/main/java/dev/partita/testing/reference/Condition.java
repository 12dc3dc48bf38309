package dev.partita.testing.reference;

import java.util.List;

/** A condition or filter expression as a tree. */
public sealed interface Condition {

  /** The comparison operators. */
  enum Comparator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String sign;

    Comparator(String sign) {
      this.sign = sign;
    }

    /** The operator as it is written. */
    public String sign() {
      return sign;
    }
  }

  /** {@code left < right} and its kind. */
  record Comparison(Operand left, Comparator comparator, Operand right) implements Condition {}

  /** {@code operand BETWEEN low AND high}. */
  record Between(Operand operand, Operand low, Operand high) implements Condition {}

  /** {@code operand IN (candidates)}. */
  record In(Operand operand, List<Operand> candidates) implements Condition {
    public In {
      candidates = List.copyOf(candidates);
    }
  }

  /** {@code attribute_exists(path)}. */
  record AttributeExists(Path path) implements Condition {}

  /** {@code attribute_not_exists(path)}. */
  record AttributeNotExists(Path path) implements Condition {}

  /** {@code attribute_type(path, type)}; the type may be an unknown one, which is an error. */
  record AttributeType(Path path, String type) implements Condition {}

  /** {@code begins_with(operand, prefix)}. */
  record BeginsWith(Operand operand, Operand prefix) implements Condition {}

  /** {@code contains(operand, part)}. */
  record Contains(Operand operand, Operand part) implements Condition {}

  /** {@code left AND right}. */
  record And(Condition left, Condition right) implements Condition {}

  /** {@code left OR right}. */
  record Or(Condition left, Condition right) implements Condition {}

  /** {@code NOT condition}. */
  record Not(Condition condition) implements Condition {}
}
