package dev.partita.model;

import dev.partita.base.Bytes;
import dev.partita.base.Invariant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an item. Immutable and safe to share. Holds a map, the encoded body, or both;
 * each is made from the other when first asked for and kept. Equal when the attributes are equal,
 * whatever their order.
 *
 * <p>An encoded item answers {@link #get}, {@link #contains}, {@link #size} and {@link #walk}
 * without building a tree; the body format is in {@code docs/item-format.md}.
 */
public final class Item {
  /** An item without attributes: what a condition sees where there is no item. */
  public static final Item EMPTY = of(Map.of());

  private static final int SIZE_UNKNOWN = -1;

  /** Room for tags and lengths, so that the first array nearly always suffices. */
  private static final int ENCODED_OVERHEAD_EXPECTED = 32;

  /** The map and the body are made at most twice under a race; both results are then equal. */
  private @Nullable Map<String, AttributeValue> attributes;

  private @Nullable Body body;
  private int size = SIZE_UNKNOWN;

  private record Body(byte[] bytes, int offset, int length) {
    ItemDecoder decoder() {
      return new ItemDecoder(bytes, offset, length);
    }
  }

  private Item(@Nullable Map<String, AttributeValue> attributes, @Nullable Body body) {
    this.attributes = attributes;
    this.body = body;
  }

  /** Takes {@code attributes} over: the caller must not change the map afterwards. */
  public static Item of(Map<String, AttributeValue> attributes) {
    return new Item(Collections.unmodifiableMap(attributes), null);
  }

  /** Takes the body over without a copy: the caller must not change the bytes afterwards. */
  public static Item ofEncoded(byte[] body, int offset, int length) {
    Invariant.check(
        offset >= 0 && length >= 0 && length <= body.length - offset,
        "Stored item is outside its bytes");
    return new Item(null, new Body(body, offset, length));
  }

  /** As {@link #ofEncoded(byte[], int, int)}, all of {@code body}. */
  public static Item ofEncoded(byte[] body) {
    return ofEncoded(body, 0, body.length);
  }

  /** The value of the top-level attribute {@code name}, or null if there is none. */
  public @Nullable AttributeValue get(String name) {
    Map<String, AttributeValue> known = attributes;
    return known != null ? known.get(name) : body().decoder().find(name);
  }

  /** Whether there is a top-level attribute {@code name}. */
  public boolean contains(String name) {
    Map<String, AttributeValue> known = attributes;
    return known != null ? known.containsKey(name) : body().decoder().seek(name);
  }

  /** All attributes by name, unmodifiable. */
  public Map<String, AttributeValue> attributes() {
    Map<String, AttributeValue> known = attributes;
    if (known == null) {
      known = Collections.unmodifiableMap(body().decoder().attributes());
      attributes = known;
    }
    return known;
  }

  /** Whether there are no attributes. */
  public boolean isEmpty() {
    Map<String, AttributeValue> known = attributes;
    return known != null ? known.isEmpty() : body().decoder().isEmpty();
  }

  /** Whether the encoded body is already there. */
  public boolean isEncoded() {
    return body != null;
  }

  /**
   * The body, which the caller must not change; not a copy when the item holds just these bytes.
   */
  public byte[] encoded() {
    Body known = body();
    return known.offset == 0 && known.length == known.bytes.length
        ? known.bytes
        : Arrays.copyOfRange(known.bytes, known.offset, known.offset + known.length);
  }

  private Body body() {
    Body known = body;
    if (known == null) {
      Map<String, AttributeValue> content = attributes();
      byte[] bytes =
          new ItemEncoder(size() + content.size() * 4 + ENCODED_OVERHEAD_EXPECTED).encode(content);
      known = new Body(bytes, 0, bytes.length);
      body = known;
    }
    return known;
  }

  /** Bytes by AWS's rules: the UTF-8 lengths of the names and the sizes of the values. */
  public int size() {
    int known = size;
    if (known == SIZE_UNKNOWN) {
      Map<String, AttributeValue> content = attributes;
      known = content != null ? ItemSizes.of(content) : body().decoder().itemSize();
      size = known;
    }
    return known;
  }

  /** About how many bytes of memory the item holds, without decoding anything. */
  public int retainedBytes() {
    Body known = body;
    return known == null ? size() : known.length;
  }

  /** Tells {@code visitor} every name and value in order; from encoded bytes without a tree. */
  public void walk(ItemVisitor visitor) {
    Map<String, AttributeValue> known = attributes;
    if (known != null) {
      walk(known, visitor);
    } else {
      body().decoder().walk(visitor);
    }
  }

  /** Tells {@code visitor} one value, such as the old value of an attribute. */
  public static void walk(AttributeValue value, ItemVisitor visitor) {
    switch (value) {
      case AttributeValue.StringValue(String text) -> visitor.string(text);
      case AttributeValue.NumberValue(DecimalNumber number) -> visitor.number(number.toString());
      case AttributeValue.BinaryValue(Bytes bytes) -> binary(bytes, visitor);
      case AttributeValue.BooleanValue bool -> visitor.bool(bool.value());
      case AttributeValue.NullValue ignored -> visitor.nullValue();
      case AttributeValue.ListValue list -> {
        visitor.startList(list.values().size());
        list.values().forEach(element -> walk(element, visitor));
        visitor.endList();
      }
      case AttributeValue.MapValue map -> {
        visitor.startMap(map.values().size());
        walk(map.values(), visitor);
        visitor.endMap();
      }
      case AttributeValue.StringSetValue set -> {
        visitor.startSet(AttributeType.SS, set.values().size());
        set.values().forEach(visitor::string);
        visitor.endSet();
      }
      case AttributeValue.NumberSetValue set -> {
        visitor.startSet(AttributeType.NS, set.values().size());
        set.values().forEach(element -> visitor.number(element.toString()));
        visitor.endSet();
      }
      case AttributeValue.BinarySetValue set -> {
        visitor.startSet(AttributeType.BS, set.values().size());
        set.values().forEach(element -> binary(element, visitor));
        visitor.endSet();
      }
    }
  }

  private static void walk(Map<String, AttributeValue> entries, ItemVisitor visitor) {
    for (Map.Entry<String, AttributeValue> entry : entries.entrySet()) {
      visitor.name(entry.getKey());
      walk(entry.getValue(), visitor);
    }
  }

  private static void binary(Bytes bytes, ItemVisitor visitor) {
    visitor.binary(bytes.array(), 0, bytes.size());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof Item item
            && (hasSameBody(item) || attributes().equals(item.attributes())));
  }

  /** Equal bodies mean equal items; the other way round does not hold. */
  private boolean hasSameBody(Item other) {
    Body own = body;
    Body others = other.body;
    return own != null
        && others != null
        && Arrays.equals(
            own.bytes,
            own.offset,
            own.offset + own.length,
            others.bytes,
            others.offset,
            others.offset + others.length);
  }

  @Override
  public int hashCode() {
    return attributes().hashCode();
  }

  /** The attributes, for people. */
  @Override
  public String toString() {
    return attributes().toString();
  }
}
