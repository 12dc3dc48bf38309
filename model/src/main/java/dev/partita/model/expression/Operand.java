package dev.partita.model.expression;

import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.DecimalNumber;
import dev.partita.model.Item;
import org.jspecify.annotations.Nullable;

/** A bound operand of a condition. */
sealed interface Operand {

  /** Its value for {@code item}, or null if there is none. */
  @Nullable AttributeValue value(Item item);

  /** Its type where the item does not matter, or null. */
  @Nullable AttributeType knownType();

  /** The value at a document path. */
  record OfPath(Path path) implements Operand {
    @Override
    public @Nullable AttributeValue value(Item item) {
      return path.find(item);
    }

    @Override
    public @Nullable AttributeType knownType() {
      return null;
    }
  }

  /** A value of the request. */
  record Literal(AttributeValue literal) implements Operand {
    @Override
    public AttributeValue value(Item item) {
      return literal;
    }

    @Override
    public AttributeType knownType() {
      return literal.type();
    }
  }

  /** Whether a condition holds, as a value; only statements compare it. */
  record Truth(Condition condition) implements Operand {
    @Override
    public AttributeValue value(Item item) {
      return AttributeValue.BooleanValue.of(condition.matches(item));
    }

    @Override
    public AttributeType knownType() {
      return AttributeType.BOOL;
    }
  }

  /** The function size: characters, bytes or elements; numbers, booleans and null have none. */
  record Size(Operand operand) implements Operand {
    @Override
    public @Nullable AttributeValue value(Item item) {
      AttributeValue value = operand.value(item);
      return value == null ? null : sizeOf(value);
    }

    @Override
    public AttributeType knownType() {
      return AttributeType.N;
    }

    private static @Nullable AttributeValue sizeOf(AttributeValue value) {
      return switch (value) {
        case AttributeValue.StringValue text -> number(text.value().length());
        case AttributeValue.BinaryValue bytes -> number(bytes.value().size());
        case AttributeValue.ListValue list -> number(list.values().size());
        case AttributeValue.MapValue map -> number(map.values().size());
        case AttributeValue.StringSetValue set -> number(set.values().size());
        case AttributeValue.NumberSetValue set -> number(set.values().size());
        case AttributeValue.BinarySetValue set -> number(set.values().size());
        case AttributeValue.NumberValue ignored -> null;
        case AttributeValue.BooleanValue ignored -> null;
        case AttributeValue.NullValue ignored -> null;
      };
    }

    private static AttributeValue number(int size) {
      return new AttributeValue.NumberValue(DecimalNumber.of(size));
    }
  }
}
