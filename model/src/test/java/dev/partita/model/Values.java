package dev.partita.model;

import dev.partita.base.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Short ways to write values in tests. */
public final class Values {
  private Values() {}

  public static AttributeValue s(String text) {
    return new AttributeValue.StringValue(text);
  }

  public static AttributeValue n(String number) {
    return new AttributeValue.NumberValue(DecimalNumber.parse(number));
  }

  public static AttributeValue n(long number) {
    return new AttributeValue.NumberValue(DecimalNumber.of(number));
  }

  public static AttributeValue b(int... bytes) {
    return new AttributeValue.BinaryValue(bytes(bytes));
  }

  public static AttributeValue bool(boolean value) {
    return AttributeValue.BooleanValue.of(value);
  }

  public static AttributeValue nul() {
    return AttributeValue.NullValue.NULL;
  }

  public static AttributeValue l(AttributeValue... values) {
    return new AttributeValue.ListValue(List.of(values));
  }

  public static AttributeValue m(Object... namesAndValues) {
    return new AttributeValue.MapValue(map(namesAndValues));
  }

  public static AttributeValue ss(String... elements) {
    return new AttributeValue.StringSetValue(new LinkedHashSet<>(List.of(elements)));
  }

  public static AttributeValue ns(String... elements) {
    Set<DecimalNumber> numbers = new LinkedHashSet<>();
    for (String element : elements) {
      numbers.add(DecimalNumber.parse(element));
    }
    return new AttributeValue.NumberSetValue(numbers);
  }

  public static AttributeValue bs(int[]... elements) {
    Set<Bytes> all = new LinkedHashSet<>();
    for (int[] element : elements) {
      all.add(bytes(element));
    }
    return new AttributeValue.BinarySetValue(all);
  }

  public static Item item(Object... namesAndValues) {
    return Item.of(map(namesAndValues));
  }

  /** The same item without its map, as one read from storage. */
  public static Item stored(Item item) {
    return Item.ofEncoded(item.encoded());
  }

  /** A map of names and values in turn. */
  public static Map<String, AttributeValue> map(Object... namesAndValues) {
    Map<String, AttributeValue> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], (AttributeValue) namesAndValues[i + 1]);
    }
    return map;
  }

  /** A value of maps, {@code levels} deep with the scalar at the bottom. */
  public static AttributeValue nested(int levels) {
    AttributeValue value = n(1);
    for (int i = 1; i < levels; i++) {
      value = m("n", value);
    }
    return value;
  }

  /** All types once. */
  public static List<AttributeValue> ofEveryType() {
    return new ArrayList<>(
        List.of(
            s("text"),
            n("12.5"),
            b(1, 2, 255),
            bool(true),
            nul(),
            l(n(1), s("x")),
            m("a", n(1)),
            ss("a", "b"),
            ns("1", "2"),
            bs(new int[] {1}, new int[] {2})));
  }

  private static Bytes bytes(int... content) {
    byte[] bytes = new byte[content.length];
    for (int i = 0; i < content.length; i++) {
      bytes[i] = (byte) content[i];
    }
    return Bytes.wrap(bytes);
  }
}
