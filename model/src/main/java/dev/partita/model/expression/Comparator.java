package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import dev.partita.model.ValueOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The six comparators. */
public enum Comparator {
  EQUAL("="),
  NOT_EQUAL("<>"),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">=");

  private static final Map<String, Comparator> BY_SYMBOL =
      Map.of(
          "=", EQUAL,
          "<>", NOT_EQUAL,
          "<", LESS,
          "<=", LESS_OR_EQUAL,
          ">", GREATER,
          ">=", GREATER_OR_EQUAL);

  private final String symbol;

  Comparator(String symbol) {
    this.symbol = symbol;
  }

  String symbol() {
    return symbol;
  }

  /** The comparator that is written so, or null. */
  public static @Nullable Comparator ofSymbol(String symbol) {
    return BY_SYMBOL.get(symbol);
  }

  /** Whether it needs operands of an ordered type. */
  boolean isOrder() {
    return this != EQUAL && this != NOT_EQUAL;
  }

  /** The comparator that says the same with the operands exchanged. */
  Comparator exchanged() {
    return switch (this) {
      case EQUAL, NOT_EQUAL -> this;
      case LESS -> GREATER;
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case GREATER -> LESS;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
    };
  }

  /** Missing operands and different types are unequal and without order. */
  boolean holds(@Nullable AttributeValue left, @Nullable AttributeValue right) {
    if (!isOrder()) {
      boolean equal = left != null && right != null && left.equals(right);
      return equal == (this == EQUAL);
    }
    if (left == null || right == null || !ValueOrder.comparable(left, right)) {
      return false;
    }
    int order = ValueOrder.compare(left, right);
    return switch (this) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }
}
