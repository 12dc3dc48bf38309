package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import dev.partita.model.api.ComparisonOperator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a KeyConditionExpression, which may be any condition by its grammar, apart. One use. */
final class KeyTerms {
  private static final String SUBJECT = "KeyConditionExpression";

  private final Map<String, KeyTerm> terms = new LinkedHashMap<>();

  private KeyTerms() {}

  /** The terms by attribute name. */
  static Map<String, KeyTerm> of(Condition condition) {
    KeyTerms taken = new KeyTerms();
    taken.take(condition);
    return taken.terms;
  }

  private void take(Condition condition) {
    switch (condition) {
      case Conditions.AllOf(List<Condition> parts) -> parts.forEach(this::take);
      case Conditions.AnyOf ignored -> throw invalidOperator("OR");
      case Conditions.Not ignored -> throw invalidOperator("NOT");
      case Conditions.In ignored -> throw invalidOperator("IN");
      case Conditions.Exists exists ->
          throw invalidOperator(exists.wanted() ? "attribute_exists" : "attribute_not_exists");
      case Conditions.HasType ignored -> throw invalidOperator("attribute_type");
      case Conditions.Contains ignored -> throw invalidOperator("contains");
      case Conditions.LegacyFilter ignored -> throw invalidOperator("QueryFilter");
      case Conditions.Compare compare -> take(compare);
      case Conditions.Between between -> {
        checkKeyFirst("BETWEEN", between.operand());
        add(ComparisonOperator.BETWEEN, List.of(between.operand(), between.low(), between.high()));
      }
      case Conditions.BeginsWith beginsWith -> {
        checkKeyFirst("begins_with", beginsWith.operand());
        add(ComparisonOperator.BEGINS_WITH, List.of(beginsWith.operand(), beginsWith.prefix()));
      }
    }
  }

  private void take(Conditions.Compare compare) {
    Comparator comparator =
        compare.left() instanceof Operand.Literal
            ? compare.comparator().exchanged()
            : compare.comparator();
    ComparisonOperator operator =
        switch (comparator) {
          case EQUAL -> ComparisonOperator.EQ;
          case LESS -> ComparisonOperator.LT;
          case LESS_OR_EQUAL -> ComparisonOperator.LE;
          case GREATER -> ComparisonOperator.GT;
          case GREATER_OR_EQUAL -> ComparisonOperator.GE;
          case NOT_EQUAL -> throw invalidOperator("<>");
        };
    add(operator, List.of(compare.left(), compare.right()));
  }

  private static void checkKeyFirst(String operator, Operand first) {
    if (first instanceof Operand.Literal) {
      throw new ExpressionException(
          "Invalid condition in "
              + SUBJECT
              + ": "
              + operator
              + " operator must have the key attribute as its first operand");
    }
  }

  private void add(ComparisonOperator operator, List<Operand> operands) {
    String name = null;
    List<AttributeValue> values = new ArrayList<>(2);
    for (Operand operand : operands) {
      switch (operand) {
        case Operand.OfPath(Path path) -> name = keyName(path, name);
        case Operand.Literal(AttributeValue value) -> values.add(value);
        case Operand.Size ignored -> throw nested();
        case Operand.Truth ignored -> throw nested();
      }
    }
    if (name == null) {
      throw new ExpressionException(
          "Invalid condition in " + SUBJECT + ": No key attribute specified");
    }
    if (terms.put(name, new KeyTerm(operator, values)) != null) {
      throw new ExpressionException(SUBJECT + "s must only contain one condition per key");
    }
  }

  private static String keyName(Path path, @Nullable String other) {
    if (other != null) {
      throw new ExpressionException(
          "Invalid condition in " + SUBJECT + ": Multiple attribute names used in one condition");
    }
    if (path.length() > 1) {
      throw ExpressionKind.KEY_CONDITION.invalid(
          SUBJECT + "s cannot have conditions on nested attributes");
    }
    return path.top();
  }

  private static ExpressionException nested() {
    return new ExpressionException(SUBJECT + "s cannot contain nested operations");
  }

  private static ExpressionException invalidOperator(String operator) {
    return new ExpressionException("Invalid operator used in " + SUBJECT + ": " + operator);
  }
}
