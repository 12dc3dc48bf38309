package dev.partita.model.expression;

import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.ValueOrder;
import dev.partita.model.api.ComparisonOperator;
import dev.partita.model.api.ConditionalOperator;
import dev.partita.model.api.ExpectedAttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Conditions in the form of before expressions. All methods throw {@link ExpressionException} with
 * AWS's text.
 *
 * <p>Source: AWS, "Legacy conditional parameters".
 */
public final class LegacyConditions {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private LegacyConditions() {}

  /** Expected of PutItem, UpdateItem and DeleteItem; an empty map is always satisfied. */
  public static Condition expected(
      Map<String, ExpectedAttributeValue> expected, @Nullable ConditionalOperator operator) {
    List<Condition> parts = new ArrayList<>(expected.size());
    for (Map.Entry<String, ExpectedAttributeValue> entry : expected.entrySet()) {
      parts.add(expected(entry.getKey(), entry.getValue()));
    }
    return joined(parts, operator);
  }

  /** QueryFilter or ScanFilter; an empty map is always satisfied. */
  public static Condition filter(
      Map<String, dev.partita.model.api.Condition> filter, @Nullable ConditionalOperator operator) {
    List<Condition> parts = new ArrayList<>(filter.size());
    for (Map.Entry<String, dev.partita.model.api.Condition> entry : filter.entrySet()) {
      ComparisonOperator comparison = entry.getValue().comparisonOperator();
      List<AttributeValue> values = values(entry.getValue());
      checkArguments(comparison, values);
      parts.add(condition(entry.getKey(), comparison, values));
    }
    return new Conditions.LegacyFilter(joined(parts, operator));
  }

  /** KeyConditions of Query. */
  public static KeyCondition keyConditions(
      Map<String, dev.partita.model.api.Condition> keyConditions) {
    Map<String, KeyTerm> terms = new LinkedHashMap<>();
    for (Map.Entry<String, dev.partita.model.api.Condition> entry : keyConditions.entrySet()) {
      ComparisonOperator comparison = entry.getValue().comparisonOperator();
      List<AttributeValue> values = values(entry.getValue());
      checkArguments(comparison, values);
      terms.put(entry.getKey(), new KeyTerm(comparison, values));
    }
    return KeyCondition.ofTerms(terms);
  }

  private static List<AttributeValue> values(dev.partita.model.api.Condition condition) {
    List<AttributeValue> values = condition.attributeValueList();
    return values == null ? List.of() : values;
  }

  private static Condition joined(List<Condition> parts, @Nullable ConditionalOperator operator) {
    if (operator != null && parts.isEmpty()) {
      throw new ExpressionException(
          "ConditionalOperator cannot be used without Filter or Expected");
    }
    return operator == ConditionalOperator.OR
        ? new Conditions.AnyOf(parts)
        : new Conditions.AllOf(parts);
  }

  private static Condition expected(String name, ExpectedAttributeValue expected) {
    AttributeValue value = expected.value();
    List<AttributeValue> list = expected.attributeValueList();
    ComparisonOperator comparison = expected.comparisonOperator();
    if (list != null && value != null) {
      throw invalid("Value and AttributeValueList cannot be used together for Attribute: " + name);
    }
    if (comparison != null) {
      return compared(name, comparison, expected);
    }
    if (list != null) {
      throw invalid(
          "AttributeValueList can only be used with a ComparisonOperator for Attribute: " + name);
    }
    Boolean exists = expected.exists();
    if (exists == null || exists) {
      if (value == null) {
        throw invalid(
            "Value must be provided when Exists is " + exists + " for Attribute: " + name);
      }
      return condition(name, ComparisonOperator.EQ, List.of(value));
    }
    if (value != null) {
      throw invalid("Value cannot be used when Exists is false for Attribute: " + name);
    }
    return condition(name, ComparisonOperator.NULL, List.of());
  }

  private static Condition compared(
      String name, ComparisonOperator comparison, ExpectedAttributeValue expected) {
    if (expected.exists() != null) {
      throw invalid("Exists and ComparisonOperator cannot be used together for Attribute: " + name);
    }
    AttributeValue value = expected.value();
    List<AttributeValue> list = expected.attributeValueList();
    if (value == null
        && list == null
        && comparison != ComparisonOperator.NULL
        && comparison != ComparisonOperator.NOT_NULL) {
      throw invalid(
          "Value or AttributeValueList must be used with ComparisonOperator: "
              + comparison
              + " for Attribute: "
              + name);
    }
    List<AttributeValue> values = list != null ? list : value != null ? List.of(value) : List.of();
    checkArguments(comparison, values);
    return condition(name, comparison, values);
  }

  private static void checkArguments(ComparisonOperator comparison, List<AttributeValue> values) {
    int count = values.size();
    boolean countFits =
        switch (comparison) {
          case NULL, NOT_NULL -> count == 0;
          case EQ, NE, LE, LT, GE, GT, CONTAINS, NOT_CONTAINS, BEGINS_WITH -> count == 1;
          case BETWEEN -> count == 2;
          case IN -> count >= 1;
        };
    if (!countFits) {
      throw invalid("Invalid number of argument(s) for the " + comparison + " ComparisonOperator");
    }
    for (AttributeValue value : values) {
      if (value.type() != values.getFirst().type()) {
        throw invalid("AttributeValues inside AttributeValueList must be of same type");
      }
      if (!takes(comparison, value.type())) {
        throw invalid(
            "ComparisonOperator "
                + comparison
                + " is not valid for "
                + value.type()
                + " AttributeValue type");
      }
    }
    if (comparison == ComparisonOperator.BETWEEN
        && ValueOrder.compare(values.get(0), values.get(1)) > 0) {
      throw new ExpressionException(
          "The BETWEEN condition was provided a range where the lower bound is greater than the"
              + " upper bound");
    }
  }

  private static boolean takes(ComparisonOperator comparison, AttributeType type) {
    return switch (comparison) {
      case EQ, NE, NULL, NOT_NULL -> true;
      case LE, LT, GE, GT, BETWEEN, IN, CONTAINS, NOT_CONTAINS -> ValueOrder.isOrdered(type);
      case BEGINS_WITH -> type == AttributeType.S || type == AttributeType.B;
    };
  }

  private static Condition condition(
      String name, ComparisonOperator comparison, List<AttributeValue> values) {
    Path path = new Path(name, List.of());
    Operand operand = new Operand.OfPath(path);
    return switch (comparison) {
      case NULL -> new Conditions.Exists(path, false);
      case NOT_NULL -> new Conditions.Exists(path, true);
      case EQ -> new Conditions.Compare(Comparator.EQUAL, operand, literal(values, 0));
      case NE -> new Conditions.Compare(Comparator.NOT_EQUAL, operand, literal(values, 0));
      case LE -> new Conditions.Compare(Comparator.LESS_OR_EQUAL, operand, literal(values, 0));
      case LT -> new Conditions.Compare(Comparator.LESS, operand, literal(values, 0));
      case GE -> new Conditions.Compare(Comparator.GREATER_OR_EQUAL, operand, literal(values, 0));
      case GT -> new Conditions.Compare(Comparator.GREATER, operand, literal(values, 0));
      case BETWEEN -> new Conditions.Between(operand, literal(values, 0), literal(values, 1));
      case BEGINS_WITH -> new Conditions.BeginsWith(operand, literal(values, 0));
      case CONTAINS -> new Conditions.Contains(operand, literal(values, 0));
      case NOT_CONTAINS ->
          // Unlike NE it is false where the attribute is missing.
          new Conditions.AllOf(
              List.of(
                  new Conditions.Exists(path, true),
                  new Conditions.Not(new Conditions.Contains(operand, literal(values, 0)))));
      case IN -> {
        List<Operand> candidates = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
          candidates.add(literal(values, i));
        }
        yield new Conditions.In(operand, candidates);
      }
    };
  }

  private static Operand literal(List<AttributeValue> values, int index) {
    return new Operand.Literal(values.get(index));
  }

  private static ExpressionException invalid(String reason) {
    return new ExpressionException(INVALID + reason);
  }
}
