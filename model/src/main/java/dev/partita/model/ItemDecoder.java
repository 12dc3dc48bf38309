package dev.partita.model;

import dev.partita.base.Bytes;
import dev.partita.base.Invariant;
import dev.partita.base.InvariantBrokenException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body format of {@code docs/item-format.md}. Every length is checked before it is used,
 * so damaged bytes end in {@link InvariantBrokenException}: never in an endless loop, a read
 * outside the body, or an allocation larger than the body. One use, one thread.
 */
final class ItemDecoder {
  private final byte[] source;
  private final int limit;
  private int position;
  private int depth;

  ItemDecoder(byte[] source, int offset, int length) {
    Invariant.check(
        offset >= 0 && length >= 0 && length <= source.length - offset,
        "Stored item is outside its bytes");
    this.source = source;
    this.limit = offset + length;
    this.position = offset;
  }

  /** All attributes, in stored order. */
  Map<String, AttributeValue> attributes() {
    Map<String, AttributeValue> attributes = entries(limit);
    Invariant.check(position == limit, "Stored item has bytes behind its end");
    return attributes;
  }

  /** The value of the attribute {@code name}, or null. */
  @Nullable AttributeValue find(String name) {
    return seek(name) ? value(limit) : null;
  }

  /** Whether there are no attributes. */
  boolean isEmpty() {
    return count(limit, 2) == 0;
  }

  /** Moves to the value of the attribute {@code name}; false if there is none. */
  boolean seek(String name) {
    int count = count(limit, 2);
    for (int i = 0; i < count; i++) {
      int length = length(limit);
      int start = position;
      position += length;
      if (Utf8.matches(name, source, start, length)) {
        return true;
      }
      skip(limit);
    }
    return false;
  }

  /** Size by AWS's rules of an item with these attributes. */
  int itemSize() {
    int count = count(limit, 2);
    int size = 0;
    for (int i = 0; i < count; i++) {
      int length = length(limit);
      position += length;
      size += length + valueSize(limit);
    }
    return size;
  }

  /** Tells {@code visitor} the names and values. */
  void walk(ItemVisitor visitor) {
    walkEntries(count(limit, 2), limit, visitor);
  }

  private Map<String, AttributeValue> entries(int end) {
    int count = count(end, 2);
    Map<String, AttributeValue> entries = LinkedHashMap.newLinkedHashMap(count);
    for (int i = 0; i < count; i++) {
      String name = text(end);
      entries.put(name, value(end));
    }
    Invariant.check(entries.size() == count, "Stored item has a name twice");
    return entries;
  }

  private AttributeValue value(int end) {
    int tag = tag(end);
    return switch (tag) {
      case ItemEncoder.STRING -> new AttributeValue.StringValue(text(end));
      case ItemEncoder.NUMBER -> new AttributeValue.NumberValue(number(end));
      case ItemEncoder.BINARY -> new AttributeValue.BinaryValue(bytes(end));
      case ItemEncoder.FALSE -> AttributeValue.BooleanValue.FALSE;
      case ItemEncoder.TRUE -> AttributeValue.BooleanValue.TRUE;
      case ItemEncoder.NULL -> AttributeValue.NullValue.NULL;
      case ItemEncoder.LIST -> new AttributeValue.ListValue(list(enter(end)));
      case ItemEncoder.MAP -> {
        int inner = enter(end);
        Map<String, AttributeValue> entries = entries(inner);
        leave(inner);
        yield new AttributeValue.MapValue(entries);
      }
      case ItemEncoder.STRING_SET -> {
        int inner = enter(end);
        int count = count(inner, 1);
        Set<String> elements = LinkedHashSet.newLinkedHashSet(count);
        for (int i = 0; i < count; i++) {
          elements.add(text(inner));
        }
        leave(inner);
        yield new AttributeValue.StringSetValue(elements);
      }
      case ItemEncoder.NUMBER_SET -> {
        int inner = enter(end);
        int count = count(inner, 2);
        Set<DecimalNumber> elements = LinkedHashSet.newLinkedHashSet(count);
        for (int i = 0; i < count; i++) {
          elements.add(number(inner));
        }
        leave(inner);
        yield new AttributeValue.NumberSetValue(elements);
      }
      case ItemEncoder.BINARY_SET -> {
        int inner = enter(end);
        int count = count(inner, 1);
        Set<Bytes> elements = LinkedHashSet.newLinkedHashSet(count);
        for (int i = 0; i < count; i++) {
          elements.add(bytes(inner));
        }
        leave(inner);
        yield new AttributeValue.BinarySetValue(elements);
      }
      default -> throw badTag(tag);
    };
  }

  private List<AttributeValue> list(int inner) {
    int count = count(inner, 1);
    List<AttributeValue> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value(inner));
    }
    leave(inner);
    return values;
  }

  private void walkEntries(int count, int end, ItemVisitor visitor) {
    for (int i = 0; i < count; i++) {
      int length = length(end);
      visitor.name(source, position, length);
      position += length;
      walkValue(end, visitor);
    }
  }

  private void walkValue(int end, ItemVisitor visitor) {
    int tag = tag(end);
    switch (tag) {
      case ItemEncoder.STRING -> walkString(end, visitor);
      case ItemEncoder.NUMBER -> visitor.number(number(end).toString());
      case ItemEncoder.BINARY -> walkBinary(end, visitor);
      case ItemEncoder.FALSE -> visitor.bool(false);
      case ItemEncoder.TRUE -> visitor.bool(true);
      case ItemEncoder.NULL -> visitor.nullValue();
      case ItemEncoder.LIST -> {
        int inner = enter(end);
        int count = count(inner, 1);
        visitor.startList(count);
        for (int i = 0; i < count; i++) {
          walkValue(inner, visitor);
        }
        visitor.endList();
        leave(inner);
      }
      case ItemEncoder.MAP -> {
        int inner = enter(end);
        int count = count(inner, 2);
        visitor.startMap(count);
        walkEntries(count, inner, visitor);
        visitor.endMap();
        leave(inner);
      }
      case ItemEncoder.STRING_SET, ItemEncoder.NUMBER_SET, ItemEncoder.BINARY_SET ->
          walkSet(tag, enter(end), visitor);
      default -> throw badTag(tag);
    }
  }

  private void walkSet(int tag, int inner, ItemVisitor visitor) {
    int count = count(inner, 1);
    visitor.startSet(
        tag == ItemEncoder.STRING_SET
            ? AttributeType.SS
            : tag == ItemEncoder.NUMBER_SET ? AttributeType.NS : AttributeType.BS,
        count);
    for (int i = 0; i < count; i++) {
      if (tag == ItemEncoder.STRING_SET) {
        walkString(inner, visitor);
      } else if (tag == ItemEncoder.NUMBER_SET) {
        visitor.number(number(inner).toString());
      } else {
        walkBinary(inner, visitor);
      }
    }
    visitor.endSet();
    leave(inner);
  }

  private void walkString(int end, ItemVisitor visitor) {
    int length = length(end);
    visitor.string(source, position, length);
    position += length;
  }

  private void walkBinary(int end, ItemVisitor visitor) {
    int length = length(end);
    visitor.binary(source, position, length);
    position += length;
  }

  private int valueSize(int end) {
    int tag = tag(end);
    return switch (tag) {
      case ItemEncoder.STRING, ItemEncoder.BINARY -> skipped(end);
      case ItemEncoder.NUMBER -> number(end).encodedSize();
      case ItemEncoder.FALSE, ItemEncoder.TRUE, ItemEncoder.NULL -> 1;
      case ItemEncoder.LIST, ItemEncoder.MAP -> {
        int inner = enter(end);
        int perEntry = tag == ItemEncoder.MAP ? 2 : 1;
        int count = count(inner, perEntry);
        int size = ItemSizes.CONTAINER_OVERHEAD + count * ItemSizes.ENTRY_OVERHEAD;
        for (int i = 0; i < count; i++) {
          if (tag == ItemEncoder.MAP) {
            size += skipped(inner);
          }
          size += valueSize(inner);
        }
        leave(inner);
        yield size;
      }
      case ItemEncoder.STRING_SET, ItemEncoder.NUMBER_SET, ItemEncoder.BINARY_SET -> {
        int inner = enter(end);
        int count = count(inner, 1);
        int size = 0;
        for (int i = 0; i < count; i++) {
          size += tag == ItemEncoder.NUMBER_SET ? number(inner).encodedSize() : skipped(inner);
        }
        leave(inner);
        yield size;
      }
      default -> throw badTag(tag);
    };
  }

  /** Passes bytes with a length in front and returns the length. */
  private int skipped(int end) {
    int length = length(end);
    position += length;
    return length;
  }

  private void skip(int end) {
    int tag = tag(end);
    switch (tag) {
      case ItemEncoder.NUMBER -> position += OrderedNumber.length(source, position, end);
      case ItemEncoder.FALSE, ItemEncoder.TRUE, ItemEncoder.NULL -> {}
      case ItemEncoder.STRING,
          ItemEncoder.BINARY,
          ItemEncoder.LIST,
          ItemEncoder.MAP,
          ItemEncoder.STRING_SET,
          ItemEncoder.NUMBER_SET,
          ItemEncoder.BINARY_SET ->
          skipped(end);
      default -> throw badTag(tag);
    }
  }

  private static InvariantBrokenException badTag(int tag) {
    return new InvariantBrokenException("Stored value has an unknown tag tag=" + tag);
  }

  private int enter(int end) {
    depth++;
    Invariant.check(depth <= ItemEncoder.DEPTH_MAX, "Stored item is nested too deeply");
    int length = length(end);
    return position + length;
  }

  private void leave(int inner) {
    depth--;
    Invariant.check(position == inner, "Stored value does not fill its length");
  }

  private int tag(int end) {
    Invariant.check(position < end, "Stored item is cut off");
    return source[position++];
  }

  private String text(int end) {
    int length = length(end);
    String text = Utf8.decode(source, position, length);
    position += length;
    return text;
  }

  private Bytes bytes(int end) {
    int length = length(end);
    Bytes bytes = Bytes.copyOf(source, position, length);
    position += length;
    return bytes;
  }

  private DecimalNumber number(int end) {
    int length = OrderedNumber.length(source, position, end);
    DecimalNumber number = OrderedNumber.read(source, position, end);
    position += length;
    return number;
  }

  /** A count of entries that take at least {@code sizeMin} bytes each. */
  private int count(int end, int sizeMin) {
    int count = varint(end);
    Invariant.check(count <= (end - position) / sizeMin, "Stored count is too large");
    return count;
  }

  /** A length of bytes that all lie before {@code end}. */
  private int length(int end) {
    int length = varint(end);
    Invariant.check(length <= end - position, "Stored length is too large");
    return length;
  }

  private int varint(int end) {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = tag(end);
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        Invariant.check(value >= 0, "Stored length is negative");
        return value;
      }
    }
    throw new InvariantBrokenException("Stored length has no end");
  }
}
