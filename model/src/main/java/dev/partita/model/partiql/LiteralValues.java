package dev.partita.model.partiql;

import dev.partita.model.AttributeValue;
import dev.partita.model.DecimalNumber;
import dev.partita.model.ItemSizes;
import dev.partita.model.NumberRuleException;
import dev.partita.model.expression.ExpressionException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Makes attribute values of literals. Faults name the place within the value, which begins at
 * {@code root}.
 */
final class LiteralValues {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private LiteralValues() {}

  /** Whether {@code expression} is a literal, which may still have a fault. */
  static boolean isLiteral(Expression expression) {
    return switch (expression) {
      case Expression.Text ignored -> true;
      case Expression.Numeral ignored -> true;
      case Expression.Truth ignored -> true;
      case Expression.Null ignored -> true;
      case Expression.ListOf ignored -> true;
      case Expression.Bag ignored -> true;
      case Expression.Tuple ignored -> true;
      case Expression ignored -> false;
    };
  }

  /**
   * The value that {@code literal} writes.
   *
   * @throws ExpressionException with AWS's text if it writes none
   */
  static AttributeValue of(Expression literal) {
    return of(literal, "root", 1);
  }

  private static AttributeValue of(Expression literal, String place, int level) {
    if (level > ItemSizes.LEVELS_MAX) {
      throw new ExpressionException("Nesting Levels have exceeded supported limits under " + place);
    }
    return switch (literal) {
      case Expression.Text(SqlToken ignored, String value) -> new AttributeValue.StringValue(value);
      case Expression.Numeral(SqlToken ignored, BigDecimal value) ->
          new AttributeValue.NumberValue(number(value, place));
      case Expression.Truth(SqlToken ignored, boolean value) ->
          AttributeValue.BooleanValue.of(value);
      case Expression.Null ignored -> AttributeValue.NullValue.NULL;
      case Expression.ListOf(SqlToken ignored, List<Expression> elements) -> {
        List<AttributeValue> values = new ArrayList<>(elements.size());
        for (Expression element : elements) {
          values.add(of(element, place + "[" + values.size() + "]", level + 1));
        }
        yield new AttributeValue.ListValue(values);
      }
      case Expression.Tuple(SqlToken ignored, List<Expression.Entry> entries) -> {
        Map<String, AttributeValue> values = LinkedHashMap.newLinkedHashMap(entries.size());
        for (Expression.Entry entry : entries) {
          String name = name(entry);
          if (values.put(name, of(entry.value(), place + "." + name, level + 1)) != null) {
            throw repeated(name);
          }
        }
        yield new AttributeValue.MapValue(values);
      }
      case Expression.Bag(SqlToken ignored, List<Expression> elements) -> set(elements, place);
      case Expression other -> throw unsupported(other, place);
    };
  }

  /** The name of an entry, which must be a text. */
  static String name(Expression.Entry entry) {
    if (entry.name() instanceof Expression.Text(SqlToken ignored, String name)) {
      return name;
    }
    throw StatementFaults.at("The name of an attribute must be a string", entry.name().token());
  }

  /** A tuple has two entries with one name. */
  static ExpressionException repeated(String name) {
    return new ExpressionException("An attribute is given more than once: " + name);
  }

  /** Something stands where only a literal may. */
  static ExpressionException unsupported(Expression expression, String place) {
    return StatementFaults.at(
        "Unsupported data type: " + ExpressionNames.of(expression) + " under key " + place,
        expression.token());
  }

  private static DecimalNumber number(BigDecimal value, String place) {
    try {
      return DecimalNumber.parse(value.toString());
    } catch (NumberRuleException wrong) {
      throw new ExpressionException(wrong.getMessage() + " under " + place);
    }
  }

  private static AttributeValue set(List<Expression> elements, String place) {
    if (elements.isEmpty()) {
      throw new ExpressionException("Empty bags are not supported");
    }
    return switch (elements.getFirst()) {
      case Expression.Text ignored -> stringSet(elements);
      case Expression.Numeral ignored -> numberSet(elements, place);
      case Expression ignored -> throw unsupportedElement();
    };
  }

  private static AttributeValue stringSet(List<Expression> elements) {
    Set<String> values = LinkedHashSet.newLinkedHashSet(elements.size());
    StringJoiner written = new StringJoiner(", ", "[", "]");
    for (Expression element : elements) {
      if (!(element instanceof Expression.Text(SqlToken ignored, String value))) {
        throw unsupportedElement();
      }
      values.add(value);
      written.add(value);
    }
    if (values.size() < elements.size()) {
      throw new ExpressionException(
          INVALID + "Input collection " + written + " contains duplicates.");
    }
    return new AttributeValue.StringSetValue(values);
  }

  private static AttributeValue numberSet(List<Expression> elements, String place) {
    Set<DecimalNumber> values = LinkedHashSet.newLinkedHashSet(elements.size());
    StringJoiner written = new StringJoiner(", ", "[", "]");
    for (Expression element : elements) {
      if (!(element instanceof Expression.Numeral(SqlToken ignored, BigDecimal value))) {
        throw unsupportedElement();
      }
      values.add(number(value, place));
      written.add(value.toString());
    }
    if (values.size() < elements.size()) {
      throw new ExpressionException(
          INVALID + "Input collection " + written + " contains duplicates! under " + place);
    }
    return new AttributeValue.NumberSetValue(values);
  }

  private static ExpressionException unsupportedElement() {
    return new ExpressionException(
        "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags");
  }
}
