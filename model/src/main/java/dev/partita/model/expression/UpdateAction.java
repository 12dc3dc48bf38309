package dev.partita.model.expression;

import dev.partita.base.Bytes;
import dev.partita.model.AttributeValue;
import dev.partita.model.DecimalNumber;
import dev.partita.model.Item;
import dev.partita.model.ItemSizes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an update does to the value at one path. */
sealed interface UpdateAction {

  /**
   * The value afterwards, or null for none.
   *
   * @param current the value before, or null
   * @param old the item before
   */
  @Nullable AttributeValue apply(@Nullable AttributeValue current, Item old);

  /**
   * Puts a value.
   *
   * @param kind what it is an action of, for the words of its fault
   * @param level the level of nesting of the path
   */
  record Put(ExpressionKind kind, UpdateValue value, int level) implements UpdateAction {
    @Override
    public AttributeValue apply(@Nullable AttributeValue current, Item old) {
      AttributeValue result = value.evaluate(old);
      if (ItemSizes.levels(result) + level - 1 > ItemSizes.LEVELS_MAX) {
        throw kind == ExpressionKind.STATEMENT
            ? new ExpressionException("Nesting Levels have exceeded supported limits")
            : Placeholders.tooDeep();
      }
      return result;
    }
  }

  /** Removes whatever is there. */
  record Remove() implements UpdateAction {
    @Override
    public @Nullable AttributeValue apply(@Nullable AttributeValue current, Item old) {
      return null;
    }
  }

  /**
   * Adds to a number or set; puts the operand if there is nothing.
   *
   * @param legacy of AttributeUpdates, where lists can be added to and faults are worded otherwise
   */
  record Add(AttributeValue operand, boolean legacy) implements UpdateAction {
    @Override
    public AttributeValue apply(@Nullable AttributeValue current, Item old) {
      if (current == null) {
        return operand;
      }
      if (current instanceof AttributeValue.NumberValue(DecimalNumber augend)
          && operand instanceof AttributeValue.NumberValue(DecimalNumber addend)) {
        return UpdateValue.sum(augend, addend, false);
      }
      if (current instanceof AttributeValue.StringSetValue(Set<String> before)
          && operand instanceof AttributeValue.StringSetValue(Set<String> more)) {
        return new AttributeValue.StringSetValue(union(before, more));
      }
      if (current instanceof AttributeValue.NumberSetValue(Set<DecimalNumber> before)
          && operand instanceof AttributeValue.NumberSetValue(Set<DecimalNumber> more)) {
        return new AttributeValue.NumberSetValue(union(before, more));
      }
      if (current instanceof AttributeValue.BinarySetValue(Set<Bytes> before)
          && operand instanceof AttributeValue.BinarySetValue(Set<Bytes> more)) {
        return new AttributeValue.BinarySetValue(union(before, more));
      }
      if (legacy
          && current instanceof AttributeValue.ListValue(List<AttributeValue> before)
          && operand instanceof AttributeValue.ListValue(List<AttributeValue> more)) {
        List<AttributeValue> both = new ArrayList<>(before);
        both.addAll(more);
        return new AttributeValue.ListValue(both);
      }
      throw mismatch(legacy);
    }

    private static <T> Set<T> union(Set<T> before, Set<T> more) {
      Set<T> all = new LinkedHashSet<>(before);
      all.addAll(more);
      return all;
    }
  }

  /**
   * Takes elements out of a set; an emptied set vanishes.
   *
   * @param legacy of AttributeUpdates, where faults are worded otherwise
   */
  record Delete(AttributeValue operand, boolean legacy) implements UpdateAction {
    @Override
    public @Nullable AttributeValue apply(@Nullable AttributeValue current, Item old) {
      if (current == null) {
        return null;
      }
      if (current instanceof AttributeValue.StringSetValue(Set<String> before)
          && operand instanceof AttributeValue.StringSetValue(Set<String> less)) {
        Set<String> rest = difference(before, less);
        return rest.isEmpty() ? null : new AttributeValue.StringSetValue(rest);
      }
      if (current instanceof AttributeValue.NumberSetValue(Set<DecimalNumber> before)
          && operand instanceof AttributeValue.NumberSetValue(Set<DecimalNumber> less)) {
        Set<DecimalNumber> rest = difference(before, less);
        return rest.isEmpty() ? null : new AttributeValue.NumberSetValue(rest);
      }
      if (current instanceof AttributeValue.BinarySetValue(Set<Bytes> before)
          && operand instanceof AttributeValue.BinarySetValue(Set<Bytes> less)) {
        Set<Bytes> rest = difference(before, less);
        return rest.isEmpty() ? null : new AttributeValue.BinarySetValue(rest);
      }
      throw mismatch(legacy);
    }

    private static <T> Set<T> difference(Set<T> before, Set<T> less) {
      Set<T> rest = new LinkedHashSet<>(before);
      rest.removeAll(less);
      return rest;
    }
  }

  private static ExpressionException mismatch(boolean legacy) {
    return legacy
        ? new ExpressionException("Type mismatch for attribute to update")
        : UpdateValue.incorrectType();
  }
}
