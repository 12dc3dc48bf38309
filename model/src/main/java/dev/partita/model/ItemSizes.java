package dev.partita.model;

import dev.partita.base.Bytes;
import java.util.Map;

/**
 * Sizes in bytes by AWS's rules, which limits and capacity units are counted by. They do not depend
 * on how Partita stores a value.
 *
 * <p>Source: AWS, "DynamoDB item sizes and formats".
 */
public final class ItemSizes {
  /** Every list and map. */
  static final int CONTAINER_OVERHEAD = 3;

  /** Every element of a list and every entry of a map. */
  static final int ENTRY_OVERHEAD = 1;

  /** Most bytes of an item: 400 KB. */
  public static final int ITEM_SIZE_MAX = 400 * 1024;

  /** Most levels of nesting, an attribute's own value being level 1. */
  public static final int LEVELS_MAX = 32;

  private ItemSizes() {}

  /** The size of an item: all its names and values. */
  public static int of(Map<String, AttributeValue> attributes) {
    int size = 0;
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      size += Utf8.length(attribute.getKey()) + of(attribute.getValue());
    }
    return size;
  }

  /** The size of a value without its name. */
  public static int of(AttributeValue value) {
    return switch (value) {
      case AttributeValue.StringValue(String text) -> Utf8.length(text);
      case AttributeValue.NumberValue(DecimalNumber number) -> number.encodedSize();
      case AttributeValue.BinaryValue(Bytes bytes) -> bytes.size();
      case AttributeValue.BooleanValue ignored -> 1;
      case AttributeValue.NullValue ignored -> 1;
      case AttributeValue.ListValue list -> {
        int size = CONTAINER_OVERHEAD + ENTRY_OVERHEAD * list.values().size();
        for (AttributeValue element : list.values()) {
          size += of(element);
        }
        yield size;
      }
      case AttributeValue.MapValue map ->
          CONTAINER_OVERHEAD + ENTRY_OVERHEAD * map.values().size() + of(map.values());
      case AttributeValue.StringSetValue set -> {
        int size = 0;
        for (String element : set.values()) {
          size += Utf8.length(element);
        }
        yield size;
      }
      case AttributeValue.NumberSetValue set -> {
        int size = 0;
        for (DecimalNumber element : set.values()) {
          size += element.encodedSize();
        }
        yield size;
      }
      case AttributeValue.BinarySetValue set -> {
        int size = 0;
        for (Bytes element : set.values()) {
          size += element.size();
        }
        yield size;
      }
    };
  }

  /**
   * Levels of nesting of an attribute's value: 1 for a scalar, a set or an empty list, one more
   * than its deepest element for a list or map. Counts no further than {@link #LEVELS_MAX} + 1.
   */
  public static int levels(AttributeValue value) {
    return levels(value, 1);
  }

  private static int levels(AttributeValue value, int level) {
    if (level > LEVELS_MAX) {
      return level;
    }
    int deepest = level;
    if (value instanceof AttributeValue.ListValue list) {
      for (AttributeValue element : list.values()) {
        deepest = Math.max(deepest, levels(element, level + 1));
      }
    } else if (value instanceof AttributeValue.MapValue map) {
      for (AttributeValue element : map.values().values()) {
        deepest = Math.max(deepest, levels(element, level + 1));
      }
    }
    return deepest;
  }
}
