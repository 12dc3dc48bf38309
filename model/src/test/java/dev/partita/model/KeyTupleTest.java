package dev.partita.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.partita.base.Bytes;
import dev.partita.base.InvariantBrokenException;
import dev.partita.model.AttributeValue.BinaryValue;
import dev.partita.model.AttributeValue.NumberValue;
import dev.partita.model.AttributeValue.StringValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyTupleTest {
  private static AttributeValue random(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new NumberValue(DecimalNumber.of(random.nextLong() >> random.nextInt(64)));
      case 1 -> new StringValue(random.nextBoolean() ? "" : "a\u0000b".repeat(random.nextInt(4)));
      default -> {
        byte[] bytes = new byte[random.nextInt(6)];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (random.nextInt(4) - 1); // Many 00, 01 and FF.
        }
        yield new BinaryValue(Bytes.wrap(bytes));
      }
    };
  }

  @Test
  void aTupleShowsItsEndWhateverFollows() {
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      List<AttributeValue> values = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        values.add(random(random));
      }
      List<AttributeType> types = values.stream().map(AttributeValue::type).toList();
      byte[] tuple = KeyTuple.encode(values);
      byte[] before = new byte[random.nextInt(3)];
      byte[] whole = Arrays.copyOf(before, before.length + tuple.length + random.nextInt(3));
      System.arraycopy(tuple, 0, whole, before.length, tuple.length);
      assertEquals(
          before.length + tuple.length,
          KeyTuple.end(types, whole, before.length),
          () -> values.toString());
      if (tuple.length > 0) {
        byte[] cut = Arrays.copyOf(tuple, tuple.length - 1);
        assertThrows(InvariantBrokenException.class, () -> KeyTuple.end(types, cut, 0));
      }
    }
  }
}
