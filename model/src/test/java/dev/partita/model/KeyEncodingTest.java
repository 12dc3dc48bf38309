package dev.partita.model;

import static dev.partita.model.Values.b;
import static dev.partita.model.Values.l;
import static dev.partita.model.Values.n;
import static dev.partita.model.Values.s;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.partita.base.InvariantBrokenException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyEncodingTest {

  @Test
  void ordersAsItsBytes() {
    List<List<AttributeValue>> ascending =
        List.of(
            List.of(s(""), s("a"), s("a\u0000"), s("ab"), s("b"), s("é"), s("\ue000"), s("😀")),
            List.of(b(), b(0), b(1), b(1, 0), b(127), b(128), b(255), b(255, 255)),
            List.of(n("-1e125"), n("-2.5"), n("-2"), n(0), n("1e-130"), n("0.5"), n(1), n(10)));
    for (List<AttributeValue> values : ascending) {
      for (int i = 0; i < values.size(); i++) {
        for (int j = 0; j < values.size(); j++) {
          AttributeValue left = values.get(i);
          AttributeValue right = values.get(j);
          int byBytes = Arrays.compareUnsigned(KeyEncoding.encode(left), KeyEncoding.encode(right));
          assertEquals(Integer.compare(i, j), Integer.signum(byBytes), left + " " + right);
          assertEquals(
              Integer.compare(i, j),
              Integer.signum(KeyEncoding.compare(left, right)),
              left + " " + right);
        }
      }
    }
  }

  @Test
  void roundTrips() {
    for (AttributeValue value : List.of(s("key é"), n("-12.5"), b(0, 255, 7))) {
      byte[] encoded = KeyEncoding.encode(value);
      byte[] padded = new byte[encoded.length + 4];
      System.arraycopy(encoded, 0, padded, 2, encoded.length);
      assertEquals(value, KeyEncoding.decode(value.type(), padded, 2, encoded.length));
    }
  }

  @Test
  void refusesOtherTypes() {
    assertThrows(IllegalArgumentException.class, () -> KeyEncoding.encode(l()));
    assertThrows(
        IllegalArgumentException.class,
        () -> KeyEncoding.decode(AttributeType.M, new byte[0], 0, 0));
    assertThrows(IllegalArgumentException.class, () -> KeyEncoding.compare(s("a"), n(1)));
  }

  @Test
  void seesBytesBehindANumber() {
    byte[] bytes = Arrays.copyOf(KeyEncoding.encode(n(5)), 3);
    assertThrows(
        InvariantBrokenException.class, () -> KeyEncoding.decode(AttributeType.N, bytes, 0, 3));
  }
}
