package dev.partita.model;

import dev.partita.base.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A value of one of DynamoDB's ten types. Immutable. Sets keep the order of arrival but are equal
 * whatever their order; maps likewise.
 *
 * <p>Source: AWS, "Supported data types and naming rules in Amazon DynamoDB".
 */
public sealed interface AttributeValue {

  /** Which of the ten types this is. */
  AttributeType type();

  /** Text; ordered by its UTF-8 bytes. May be empty, except in a key. */
  record StringValue(String value) implements AttributeValue {
    @Override
    public AttributeType type() {
      return AttributeType.S;
    }
  }

  /** A decimal of up to 38 significant digits. */
  record NumberValue(DecimalNumber value) implements AttributeValue {
    @Override
    public AttributeType type() {
      return AttributeType.N;
    }
  }

  /** Bytes; ordered as unsigned bytes. May be empty, except in a key. */
  record BinaryValue(Bytes value) implements AttributeValue {
    @Override
    public AttributeType type() {
      return AttributeType.B;
    }
  }

  /** True or false. */
  enum BooleanValue implements AttributeValue {
    FALSE,
    TRUE;

    /** The constant for {@code value}. */
    public static BooleanValue of(boolean value) {
      return value ? TRUE : FALSE;
    }

    /** As a Java boolean. */
    public boolean value() {
      return this == TRUE;
    }

    @Override
    public AttributeType type() {
      return AttributeType.BOOL;
    }
  }

  /** The null value; an attribute that holds it exists. */
  enum NullValue implements AttributeValue {
    NULL;

    @Override
    public AttributeType type() {
      return AttributeType.NULL;
    }
  }

  /** An ordered list of values of any types. */
  record ListValue(List<AttributeValue> values) implements AttributeValue {
    @Override
    public AttributeType type() {
      return AttributeType.L;
    }
  }

  /** Values by name. */
  record MapValue(Map<String, AttributeValue> values) implements AttributeValue {
    @Override
    public AttributeType type() {
      return AttributeType.M;
    }
  }

  /** At least one string, none twice. */
  record StringSetValue(Set<String> values) implements AttributeValue {
    @Override
    public AttributeType type() {
      return AttributeType.SS;
    }
  }

  /** At least one number, none twice. */
  record NumberSetValue(Set<DecimalNumber> values) implements AttributeValue {
    @Override
    public AttributeType type() {
      return AttributeType.NS;
    }
  }

  /** At least one byte string, none twice. */
  record BinarySetValue(Set<Bytes> values) implements AttributeValue {
    @Override
    public AttributeType type() {
      return AttributeType.BS;
    }
  }
}
