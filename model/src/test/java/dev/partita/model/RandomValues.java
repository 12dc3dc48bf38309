package dev.partita.model;

import dev.partita.base.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Random values; a test prints the seed it was made with when it fails. */
final class RandomValues {
  private final Random random;

  RandomValues(long seed) {
    this.random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number in range, often small or with few digits, written in one of several ways. */
  BigDecimal number() {
    int digits = below(3) == 0 ? 1 + below(38) : 1 + below(6);
    BigInteger unscaled = BigInteger.ZERO;
    for (int i = 0; i < digits; i++) {
      unscaled = unscaled.multiply(BigInteger.TEN).add(BigInteger.valueOf(below(10)));
    }
    if (random.nextBoolean()) {
      unscaled = unscaled.negate();
    }
    int exponentMin = -130;
    int exponentMax = 126 - digits;
    int exponent =
        below(3) == 0
            ? exponentMin + below(exponentMax - exponentMin + 1)
            : Math.min(exponentMax, -below(digits + 3) + below(3));
    return new BigDecimal(unscaled, -exponent);
  }

  String text(int charsMax) {
    int chars = below(charsMax + 1);
    StringBuilder text = new StringBuilder();
    int alphabet = below(3);
    while (text.length() < chars) {
      switch (alphabet) {
        case 0 -> text.append((char) (' ' + below(95)));
        case 1 -> text.append((char) (1 + below(0x7FF)));
        default -> text.appendCodePoint(below(4) == 0 ? 0x1F600 + below(64) : 0xE000 + below(99));
      }
    }
    return text.toString();
  }

  Bytes bytes(int sizeMax) {
    byte[] bytes = new byte[below(sizeMax + 1)];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  Item item() {
    return Item.of(entries(below(8), 4));
  }

  private Map<String, AttributeValue> entries(int count, int depth) {
    Map<String, AttributeValue> entries = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      entries.put(text(below(10) == 0 ? 300 : 12), value(depth));
    }
    return entries;
  }

  private AttributeValue value(int depth) {
    return switch (below(depth > 0 ? 10 : 8)) {
      case 0 -> new AttributeValue.StringValue(text(below(10) == 0 ? 1000 : 30));
      case 1 -> new AttributeValue.NumberValue(decimal());
      case 2 -> new AttributeValue.BinaryValue(bytes(40));
      case 3 -> AttributeValue.BooleanValue.of(random.nextBoolean());
      case 4 -> AttributeValue.NullValue.NULL;
      case 5 -> new AttributeValue.StringSetValue(set(() -> text(10)));
      case 6 -> new AttributeValue.NumberSetValue(set(this::decimal));
      case 7 -> new AttributeValue.BinarySetValue(set(() -> bytes(10)));
      case 8 -> {
        List<AttributeValue> values = new ArrayList<>();
        for (int i = below(5); i > 0; i--) {
          values.add(value(depth - 1));
        }
        yield new AttributeValue.ListValue(values);
      }
      default -> new AttributeValue.MapValue(entries(below(5), depth - 1));
    };
  }

  private DecimalNumber decimal() {
    return DecimalNumber.parse(number().toString());
  }

  private <T> Set<T> set(java.util.function.Supplier<T> element) {
    Set<T> set = new LinkedHashSet<>();
    for (int i = 1 + below(4); i > 0; i--) {
      set.add(element.get());
    }
    return set;
  }
}
