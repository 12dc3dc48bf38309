package dev.partita.storage.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.InvariantBrokenException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldRecordTest {

  @Test
  void readsWhatWasWrittenAndSkipsTheRest() {
    byte[] record =
        new FieldWriter()
            .integer(1, -1)
            .integer(2, Long.MAX_VALUE)
            .text(3, "größe")
            .bytes(4, new byte[] {0, -1})
            .nested(5, new FieldWriter().text(1, "a"))
            .nested(5, new FieldWriter().text(1, "b"))
            .text(900, "of a later version")
            .toRecord();
    FieldReader fields = FieldReader.ofRecord(record);
    assertEquals(-1, fields.integer(1, 0));
    assertEquals(Long.MAX_VALUE, fields.integer(2, 0));
    assertEquals("größe", fields.text(3));
    assertArrayEquals(new byte[] {0, -1}, fields.bytes(4));
    assertEquals(List.of("a", "b"), fields.nested(5).stream().map(n -> n.text(1)).toList());
    assertTrue(fields.has(900));
    assertFalse(fields.has(6));
    assertEquals(17, fields.integer(6, 17));
  }

  @Test
  void anyFlippedBitIsFound() {
    byte[] record = new FieldWriter().integer(1, 300).text(2, "text").toRecord();
    for (int bit = 0; bit < record.length * 8; bit++) {
      byte[] damaged = record.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThrows(InvariantBrokenException.class, () -> FieldReader.ofRecord(damaged));
    }
  }
}
