package dev.partita.protocol.shape;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a member of a request may be: its JSON type and its constraints. */
public sealed interface Shape
    permits Shape.Text,
        Shape.Enumeration,
        Shape.Bool,
        Shape.Numeric,
        Shape.Blob,
        Shape.Listing,
        Shape.Mapping,
        Shape.Attribute,
        StructureShape {

  /** The name in the API model. */
  String name();

  /** Whether a value of this shape can violate a constraint of the model. */
  boolean constrained();

  /**
   * A string.
   *
   * @param length characters
   * @param tableName whether an ARN may stand in its place, to which neither length nor pattern
   *     apply
   */
  record Text(String name, Bounds length, @Nullable NamePattern pattern, boolean tableName)
      implements Shape {
    @Override
    public boolean constrained() {
      return !length.isOpen() || pattern != null;
    }
  }

  /** A string out of {@code values}, which are in the order that AWS prints. */
  record Enumeration(String name, List<String> printed, Set<String> values) implements Shape {
    @Override
    public boolean constrained() {
      return true;
    }
  }

  /** True or false. */
  record Bool(String name) implements Shape {
    @Override
    public boolean constrained() {
      return false;
    }
  }

  /** A number; {@code kind} is also how AWS names it in messages. */
  record Numeric(String name, Kind kind, Bounds range) implements Shape {
    /** The Java type of the number. */
    public enum Kind {
      INTEGER("Integer"),
      LONG("Long"),
      DOUBLE("Double"),
      TIMESTAMP("Date");

      private final String printed;

      Kind(String printed) {
        this.printed = printed;
      }

      /** As AWS prints it. */
      public String printed() {
        return printed;
      }
    }

    @Override
    public boolean constrained() {
      return !range.isOpen();
    }
  }

  /** Bytes, in base 64. */
  record Blob(String name) implements Shape {
    @Override
    public boolean constrained() {
      return false;
    }
  }

  /** A JSON array. */
  record Listing(String name, Shape element, Bounds length) implements Shape {
    @Override
    public boolean constrained() {
      // Elements must not be null; those of attribute values have rules of their own.
      return !length.isOpen() || !(element instanceof Attribute);
    }
  }

  /** A JSON object with free names. */
  record Mapping(String name, Text key, Shape element, Bounds length) implements Shape {
    @Override
    public boolean constrained() {
      return !length.isOpen() || key.constrained() || !(element instanceof Attribute);
    }
  }

  /** An attribute value; its rules are checked apart from the constraints of the model. */
  record Attribute(String name) implements Shape {
    @Override
    public boolean constrained() {
      return false;
    }
  }

  /** Inclusive limits; {@link Long#MIN_VALUE} and {@link Long#MAX_VALUE} stand for none. */
  record Bounds(long min, long max) {
    /** Whether nothing is outside. */
    public boolean isOpen() {
      return min == Long.MIN_VALUE && max == Long.MAX_VALUE;
    }

    /** Whether {@code value} is within. */
    public boolean contains(long value) {
      return value >= min && value <= max;
    }
  }
}
