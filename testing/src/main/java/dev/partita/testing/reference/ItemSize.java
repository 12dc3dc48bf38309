package dev.partita.testing.reference;

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
import java.nio.charset.StandardCharsets;

/**
 * Sizes in bytes as AWS counts them for limits and capacity (developer guide, "DynamoDB item sizes
 * and formats").
 */
public final class ItemSize {

  /** The largest item: 400 KB. */
  public static final int ITEM_BYTES_MAX = 400 * 1024;

  private final Mutation mutation;

  /** Sizes as AWS counts them, or as the mistake has it. */
  public ItemSize(Mutation mutation) {
    this.mutation = mutation;
  }

  /** Names and values of all attributes. */
  public int ofItem(MapValue item) {
    int bytes = 0;
    for (var member : item.members().entrySet()) {
      bytes += utf8(member.getKey()) + of(member.getValue());
    }
    return bytes;
  }

  private int of(Value value) {
    int perElement = mutation == Mutation.SET_ELEMENT_COSTS_ONE_MORE ? 1 : 0;
    return switch (value) {
      case StringValue string -> utf8(string.text());
      case NumberValue number -> ofNumber(number.number());
      case BinaryValue binary -> binary.octets().length();
      case BooleanValue truth -> 1;
      case NullValue nothing -> 1;
      case ListValue list -> 3 + list.elements().stream().mapToInt(e -> 1 + of(e)).sum();
      case MapValue map -> 3 + map.members().size() + ofItem(map);
      case StringSetValue set -> set.elements().stream().mapToInt(e -> perElement + utf8(e)).sum();
      case NumberSetValue set ->
          set.elements().stream().mapToInt(e -> perElement + ofNumber(e)).sum();
      case BinarySetValue set ->
          set.elements().stream().mapToInt(e -> perElement + e.length()).sum();
    };
  }

  /**
   * One byte, one for every two significant digits before and after the point, and one for a minus
   * sign. Zeros before the first and after the last other digit do not count.
   */
  static int ofNumber(BigDecimal number) {
    BigDecimal trimmed = Value.normalise(number);
    if (trimmed.signum() == 0) {
      return 1;
    }
    int digits = trimmed.precision();
    int whole = trimmed.scale() <= 0 ? digits : Math.max(0, digits - trimmed.scale());
    int fraction = digits - whole;
    return 1 + (whole + 1) / 2 + (fraction + 1) / 2 + (trimmed.signum() < 0 ? 1 : 0);
  }

  static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
