package dev.partita.testing.reference;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An attribute value: DynamoDB's ten types. Two values are equal if DynamoDB's {@code =} says so.
 *
 * <p>Binary is held as a string of characters 0 to 255, one for each byte, so that equality and
 * order are those of the bytes.
 */
public sealed interface Value {

  /** The descriptor of the type in the API: S, N, B, BOOL, NULL, L, M, SS, NS or BS. */
  String type();

  /** Type S. */
  record StringValue(String text) implements Value {
    @Override
    public String type() {
      return "S";
    }
  }

  /** Type N. Normalised, so that 1, 1.0 and 1e0 are one value. */
  record NumberValue(BigDecimal number) implements Value {
    public NumberValue {
      number = normalise(number);
    }

    @Override
    public String type() {
      return "N";
    }
  }

  /** Type B, one character for each byte. */
  record BinaryValue(String octets) implements Value {
    @Override
    public String type() {
      return "B";
    }
  }

  /** Type BOOL. */
  record BooleanValue(boolean truth) implements Value {
    @Override
    public String type() {
      return "BOOL";
    }
  }

  /** Type NULL. */
  record NullValue() implements Value {
    @Override
    public String type() {
      return "NULL";
    }
  }

  /** Type L. */
  record ListValue(List<Value> elements) implements Value {
    public ListValue {
      elements = List.copyOf(elements);
    }

    @Override
    public String type() {
      return "L";
    }
  }

  /** Type M; also an item or a key, which are maps of their attributes. */
  record MapValue(SortedMap<String, Value> members) implements Value {
    public MapValue {
      members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    @Override
    public String type() {
      return "M";
    }

    /** The value of an attribute, if it is there. */
    public Optional<Value> member(String name) {
      return Optional.ofNullable(members.get(name));
    }

    /** This map with one attribute added or replaced. */
    public MapValue with(String name, Value value) {
      SortedMap<String, Value> changed = new TreeMap<>(members);
      changed.put(name, value);
      return new MapValue(changed);
    }

    /** This map without one attribute. */
    public MapValue without(String name) {
      SortedMap<String, Value> changed = new TreeMap<>(members);
      changed.remove(name);
      return new MapValue(changed);
    }
  }

  /** Type SS. */
  record StringSetValue(SortedSet<String> elements) implements Value {
    public StringSetValue {
      elements = Collections.unmodifiableSortedSet(new TreeSet<>(elements));
    }

    @Override
    public String type() {
      return "SS";
    }
  }

  /** Type NS. */
  record NumberSetValue(SortedSet<BigDecimal> elements) implements Value {
    public NumberSetValue {
      SortedSet<BigDecimal> normalised = new TreeSet<>();
      for (BigDecimal element : elements) {
        normalised.add(normalise(element));
      }
      elements = Collections.unmodifiableSortedSet(normalised);
    }

    @Override
    public String type() {
      return "NS";
    }
  }

  /** Type BS, the elements as in {@link BinaryValue}. */
  record BinarySetValue(SortedSet<String> elements) implements Value {
    public BinarySetValue {
      elements = Collections.unmodifiableSortedSet(new TreeSet<>(elements));
    }

    @Override
    public String type() {
      return "BS";
    }
  }

  /** The map without attributes. */
  static MapValue map() {
    return new MapValue(new TreeMap<>());
  }

  /** The number without trailing zeros; zero has no sign and no scale. */
  static BigDecimal normalise(BigDecimal number) {
    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }
}
