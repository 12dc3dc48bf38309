package dev.partita.storage.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.partita.base.InvariantBrokenException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static final byte[] KEY = {1, 2, 3};
  private static final byte[] BODY = {9, 8, 7, 6};

  @Test
  void holdsWhatWasSealed() {
    byte[] value = Envelope.seal(KEY, Envelope.Kind.ITEM, 1234, 77L << 16, 42, BODY);
    Envelope envelope = Envelope.open(KEY, value);
    assertEquals(Envelope.Kind.ITEM, envelope.kind());
    assertEquals(1234, envelope.itemSize());
    assertEquals(77L << 16, envelope.writeTime());
    assertEquals(42, envelope.changeSequence());
    assertEquals(0, envelope.originRegion());
    assertArrayEquals(
        BODY,
        Arrays.copyOfRange(
            envelope.array(),
            envelope.bodyOffset(),
            envelope.bodyOffset() + envelope.bodyLength()));
  }

  @Test
  void anyFlippedBitIsFound() {
    byte[] value = Envelope.seal(KEY, Envelope.Kind.ITEM, 1234, 1, 2, BODY);
    for (int bit = 0; bit < value.length * 8; bit++) {
      byte[] damaged = value.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThrows(InvariantBrokenException.class, () -> Envelope.open(KEY, damaged));
    }
  }

  @Test
  void anyTruncationIsFound() {
    byte[] value = Envelope.seal(KEY, Envelope.Kind.ITEM, 1234, 1, 2, BODY);
    for (int length = 0; length < value.length; length++) {
      byte[] damaged = Arrays.copyOf(value, length);
      assertThrows(InvariantBrokenException.class, () -> Envelope.open(KEY, damaged));
    }
  }

  @Test
  void aValueUnderAnotherKeyIsFound() {
    byte[] value = Envelope.seal(KEY, Envelope.Kind.ITEM, 1, 1, 1, BODY);
    assertThrows(InvariantBrokenException.class, () -> Envelope.open(new byte[] {1, 2, 4}, value));
  }
}
