package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import dev.partita.model.DecimalNumber;
import dev.partita.model.Item;
import dev.partita.model.NumberRuleException;
import java.util.ArrayList;
import java.util.List;

/** A bound operand of SET: evaluated against the old item. */
sealed interface UpdateValue {

  /**
   * Its value.
   *
   * @throws ExpressionException with AWS's text if an attribute is missing or of a wrong type
   */
  AttributeValue evaluate(Item old);

  /** The value at a path, which must exist. */
  record OfPath(Path path) implements UpdateValue {
    @Override
    public AttributeValue evaluate(Item old) {
      AttributeValue value = path.find(old);
      if (value == null) {
        throw new ExpressionException(
            "The provided expression refers to an attribute that does not exist in the item");
      }
      return value;
    }
  }

  /** A value of the request. */
  record Literal(AttributeValue literal) implements UpdateValue {
    @Override
    public AttributeValue evaluate(Item old) {
      return literal;
    }
  }

  /** The value at a path, or another if there is none. */
  record IfNotExists(Path path, UpdateValue otherwise) implements UpdateValue {
    @Override
    public AttributeValue evaluate(Item old) {
      AttributeValue value = path.find(old);
      return value == null ? otherwise.evaluate(old) : value;
    }
  }

  /** Two lists, one behind the other. */
  record ListAppend(UpdateValue first, UpdateValue second) implements UpdateValue {
    @Override
    public AttributeValue evaluate(Item old) {
      AttributeValue head = first.evaluate(old);
      AttributeValue tail = second.evaluate(old);
      if (head instanceof AttributeValue.ListValue(List<AttributeValue> before)
          && tail instanceof AttributeValue.ListValue(List<AttributeValue> after)) {
        List<AttributeValue> both = new ArrayList<>(before.size() + after.size());
        both.addAll(before);
        both.addAll(after);
        return new AttributeValue.ListValue(both);
      }
      throw incorrectType();
    }
  }

  /** The sum of two numbers, or the difference if {@code negative}. */
  record Sum(UpdateValue left, UpdateValue right, boolean negative) implements UpdateValue {
    @Override
    public AttributeValue evaluate(Item old) {
      AttributeValue augend = left.evaluate(old);
      AttributeValue addend = right.evaluate(old);
      if (augend instanceof AttributeValue.NumberValue(DecimalNumber a)
          && addend instanceof AttributeValue.NumberValue(DecimalNumber b)) {
        return sum(a, b, negative);
      }
      throw incorrectType();
    }
  }

  /** The sum or difference as a value. */
  static AttributeValue sum(DecimalNumber augend, DecimalNumber addend, boolean negative) {
    try {
      return new AttributeValue.NumberValue(
          negative ? augend.subtract(addend) : augend.add(addend));
    } catch (NumberRuleException e) {
      throw new ExpressionException(e);
    }
  }

  /** An operand from the item is of a type that the operator does not take. */
  static ExpressionException incorrectType() {
    return new ExpressionException(
        "An operand in the update expression has an incorrect data type");
  }
}
