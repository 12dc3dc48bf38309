package dev.partita.testing.generator;

import dev.partita.testing.reference.ItemSize;
import dev.partita.testing.reference.Mutation;
import dev.partita.testing.reference.TableDefinition;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.Value.BinarySetValue;
import dev.partita.testing.reference.Value.BinaryValue;
import dev.partita.testing.reference.Value.BooleanValue;
import dev.partita.testing.reference.Value.ListValue;
import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.Value.NullValue;
import dev.partita.testing.reference.Value.NumberSetValue;
import dev.partita.testing.reference.Value.NumberValue;
import dev.partita.testing.reference.Value.StringSetValue;
import dev.partita.testing.reference.Value.StringValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Random values, keys and items. */
final class ValueGenerator {

  private static final List<String> TYPES =
      List.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS");
  private static final List<String> TEXTS =
      List.of("", "a", "ab", "abc", "b", "hello", "hell", "10", "9", "é", "～", "😀", "S", "N");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "2",
          "3",
          "5",
          "-1",
          "-2",
          "-10",
          "10",
          "0.1",
          "100",
          "1E20",
          "-0.000001",
          "9.9E125",
          "1E-130",
          "12345678901234567890123456789012345678",
          "99999999999999999999999999999999999999");
  private static final List<String> OCTETS =
      List.of("", "\0", "a", "ab", "b", "\u0080", "\u00ff", "a\u00ff", "\u007f");

  private final Choices choices;
  private final ItemSize size = new ItemSize(Mutation.NONE);

  ValueGenerator(Choices choices) {
    this.choices = choices;
  }

  /** A value for the attribute: mostly of the type that goes with its name. */
  Value forAttribute(String attribute) {
    if (choices.percent(15)) {
      return any(2);
    }
    return switch (attribute) {
      case "a" -> ofType("N", 1);
      case "b" -> ofType("S", 1);
      case "d" -> ofType("M", 3);
      case "e" -> ofType("L", 3);
      case "f" -> ofType("NS", 1);
      case "g" -> ofType("SS", 1);
      case "h" -> ofType(choices.percent(50) ? "B" : "BS", 1);
      case "x" -> ofType("N", 1);
      case "y" -> ofType("L", 2);
      case "z" -> ofType("M", 2);
      default -> any(2);
    };
  }

  /** A value of any type, nested at most that deep. */
  Value any(int depth) {
    return ofType(choices.oneOf(TYPES), depth);
  }

  /** A string, number or binary. */
  Value ordered() {
    return ofType(choices.oneOf(List.of("S", "N", "B")), 0);
  }

  /** A value of one type. */
  Value ofType(String type, int depth) {
    return switch (type) {
      case "S" -> new StringValue(text());
      case "N" -> new NumberValue(number());
      case "B" -> new BinaryValue(choices.oneOf(OCTETS));
      case "BOOL" -> new BooleanValue(choices.percent(50));
      case "NULL" -> new NullValue();
      case "L" -> list(depth);
      case "M" -> map(depth);
      case "SS" -> new StringSetValue(set(choices.percent(70) ? this::shortText : this::text));
      case "NS" -> new NumberSetValue(set(choices.percent(70) ? this::smallNumber : this::number));
      default -> new BinarySetValue(set(() -> choices.oneOf(OCTETS)));
    };
  }

  /** What may be an element of the attribute, if that is a set, or a part of it. */
  Value part(String attribute) {
    return switch (attribute) {
      case "f" -> new NumberValue(smallNumber());
      case "b", "g" -> new StringValue(shortText());
      case "h" -> ofType("B", 0);
      default -> choices.percent(70) ? ordered() : any(1);
    };
  }

  private String shortText() {
    return choices.oneOf(List.of("a", "b", "～"));
  }

  private BigDecimal smallNumber() {
    return BigDecimal.valueOf(choices.between(1, 3));
  }

  private String text() {
    if (choices.percent(3)) {
      return "s".repeat(choices.between(1, 1500));
    }
    return choices.oneOf(TEXTS);
  }

  /** A number that DynamoDB accepts. */
  BigDecimal number() {
    if (choices.percent(70)) {
      return new BigDecimal(choices.oneOf(NUMBERS));
    }
    StringBuilder digits = new StringBuilder();
    for (int i = choices.between(1, 38); i > 0; i--) {
      digits.append(choices.below(10));
    }
    BigInteger unscaled = new BigInteger(digits.toString());
    BigDecimal number = new BigDecimal(choices.percent(40) ? unscaled.negate() : unscaled);
    return number.movePointRight(choices.between(-60, 80));
  }

  /** A number that DynamoDB refuses: too many digits, too large or too small. */
  NumberValue badNumber() {
    return new NumberValue(
        new BigDecimal(
            choices.oneOf(
                List.of(
                    "123456789012345678901234567890123456789",
                    "1E126",
                    "-11E125",
                    "1E-131",
                    "0.9E-130"))));
  }

  private ListValue list(int depth) {
    List<Value> elements = new ArrayList<>();
    for (int i = choices.below(5); i > 0; i--) {
      elements.add(element(depth));
    }
    return new ListValue(elements);
  }

  private MapValue map(int depth) {
    SortedMap<String, Value> members = new TreeMap<>();
    for (int i = choices.below(4); i > 0; i--) {
      String name = choices.oneOf(Universe.MEMBERS);
      members.put(name, depth > 0 ? nested(name, depth) : ordered());
    }
    return new MapValue(members);
  }

  private Value element(int depth) {
    return depth > 0 ? nested(choices.oneOf(Universe.MEMBERS), depth) : ordered();
  }

  private Value nested(String name, int depth) {
    return switch (name) {
      case "y" -> list(depth - 1);
      case "z" -> map(depth - 1);
      case "x" -> ofType("N", 0);
      default -> any(depth - 1);
    };
  }

  private <T extends Comparable<T>> SortedSet<T> set(Supplier<T> element) {
    SortedSet<T> elements = new TreeSet<>();
    int count = choices.percent(50) ? 1 : choices.between(2, 5);
    for (int i = 0; i < count; i++) {
      elements.add(element.get());
    }
    return elements;
  }

  /** A set of hundreds of elements. */
  Value largeSet() {
    int count = choices.between(100, 900);
    SortedSet<BigDecimal> numbers = new TreeSet<>();
    SortedSet<String> texts = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      numbers.add(BigDecimal.valueOf(choices.below(1_000_000)));
      texts.add(Integer.toString(choices.below(1_000_000), 36));
    }
    return choices.percent(50) ? new NumberSetValue(numbers) : new StringSetValue(texts);
  }

  /** A key of the table. */
  MapValue key(TableDefinition table) {
    MapValue key = Value.map();
    for (KeyAttribute attribute : table.keyAttributes()) {
      key = key.with(attribute.name(), choices.oneOf(Universe.keys(table, attribute)));
    }
    return key;
  }

  /** An item of the table. */
  MapValue item(TableDefinition table) {
    MapValue item = key(table);
    for (int i = choices.below(7); i > 0; i--) {
      String name = choices.oneOf(Universe.ATTRIBUTES);
      item = item.with(name, forAttribute(name));
    }
    if (choices.percent(80)) {
      item = item.with("d", ofType("M", 3)).with("e", ofType("L", 2));
    }
    if (choices.percent(30)) {
      item = item.with("f", ofType("NS", 0)).with("g", ofType("SS", 0)).with("h", ofType("BS", 0));
    }
    if (choices.percent(6)) {
      item = item.with("f", largeSet());
    }
    item = withIndexKeys(table, item);
    if (choices.percent(4)) {
      // At the edges of capacity units.
      int unitBytes = choices.percent(50) ? 1024 : 4096;
      item = padded(item, unitBytes * choices.between(1, 3) + choices.between(-1, 1));
    }
    return item;
  }

  /** The item with keys of the table's indexes, most of them such as can be keys. */
  private MapValue withIndexKeys(TableDefinition table, MapValue item) {
    MapValue indexed = item;
    int present = Universe.hasManyIndexKeys(table) ? 93 : 70;
    for (KeyAttribute key : Universe.indexKeys(table)) {
      indexed = indexed.without(key.name());
      if (choices.percent(present)) {
        indexed = indexed.with(key.name(), indexKey(table, key));
      }
    }
    return indexed;
  }

  /** A value for a key attribute of an index; now and then one that cannot be a key. */
  Value indexKey(TableDefinition table, KeyAttribute key) {
    if (choices.permille(10)) {
      return any(1);
    }
    if (choices.permille(8) && !key.type().equals("N")) {
      return key.type().equals("S") ? new StringValue("") : new BinaryValue("");
    }
    return choices.oneOf(Universe.indexValues(table, key));
  }

  /** A large item, sometimes at the edge of what is allowed. */
  MapValue largeItem(TableDefinition table) {
    int bytes =
        choices.percent(20)
            ? ItemSize.ITEM_BYTES_MAX + choices.oneOf(List.of(-1, 0, 1, -5000))
            : choices.between(20_000, 390_000);
    return padded(item(table), bytes);
  }

  /** The item with an attribute that brings it to that size, if it is smaller. */
  private MapValue padded(MapValue item, int bytes) {
    MapValue bare = item.with("pad", new StringValue(""));
    int missing = bytes - size.ofItem(bare);
    return missing <= 0 ? item : item.with("pad", new StringValue("p".repeat(missing)));
  }

  /** A key that the table refuses. */
  MapValue badKey(TableDefinition table) {
    MapValue key = key(table);
    KeyAttribute attribute = choices.oneOf(table.keyAttributes());
    return switch (choices.below(4)) {
      case 0 -> key.without(attribute.name());
      case 1 -> key.with("a", new StringValue("extra"));
      case 2 -> key.with(attribute.name(), emptyOrLong(attribute));
      default ->
          key.with(
              attribute.name(),
              attribute.type().equals("S")
                  ? new NumberValue(BigDecimal.ONE)
                  : new StringValue("wrong type"));
    };
  }

  private Value emptyOrLong(KeyAttribute attribute) {
    String text = choices.percent(60) ? "" : "x".repeat(2049);
    return switch (attribute.type()) {
      case "S" -> new StringValue(text);
      case "B" -> new BinaryValue(text);
      default -> badNumber();
    };
  }
}
