package dev.partita.model;

import static dev.partita.model.Values.b;
import static dev.partita.model.Values.bool;
import static dev.partita.model.Values.bs;
import static dev.partita.model.Values.item;
import static dev.partita.model.Values.l;
import static dev.partita.model.Values.m;
import static dev.partita.model.Values.n;
import static dev.partita.model.Values.nested;
import static dev.partita.model.Values.ns;
import static dev.partita.model.Values.nul;
import static dev.partita.model.Values.s;
import static dev.partita.model.Values.ss;
import static dev.partita.model.Values.stored;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.InvariantBrokenException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemEncodingTest {

  @Test
  void goldenBytesNeverChange() {
    assertEncoded(
        "02 026964 02c10e 0474616773 0906 02 0161 026263", item("id", n(7), "tags", ss("a", "bc")));
    assertEncoded("00", item());
    assertEncoded(
        "0a 0173 0104c3a97478 016e 02c2194564 0162 030201ff 0166 04 0174 05 017a 06"
            + " 016c 0707 02 02c102 010178 016d 0804 01 016b 06"
            + " 036e7365 0a05 02 c102 c104 03627365 0b04 01 02 00ff",
        item(
            "s", s("étx"),
            "n", n("1234.5"),
            "b", b(1, 255),
            "f", bool(false),
            "t", bool(true),
            "z", nul(),
            "l", l(n(1), s("x")),
            "m", m("k", nul()),
            "nse", ns("1", "2"),
            "bse", bs(new int[] {0, 255})));
  }

  private static void assertEncoded(String hex, Item item) {
    byte[] expected = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertEquals(HexFormat.of().formatHex(expected), HexFormat.of().formatHex(item.encoded()));
    assertEquals(item, Item.ofEncoded(expected));
  }

  @Test
  void bothFormsSayTheSame() {
    long seed = 99;
    RandomValues values = new RandomValues(seed);
    for (int i = 0; i < 2_000; i++) {
      Item item = values.item();
      String message = "seed " + seed + ", item " + i;
      byte[] body = item.encoded();
      byte[] shifted = new byte[body.length + 9];
      Arrays.fill(shifted, (byte) 0xAB);
      System.arraycopy(body, 0, shifted, 5, body.length);
      Item stored = Item.ofEncoded(shifted, 5, body.length);

      for (Map.Entry<String, AttributeValue> attribute : item.attributes().entrySet()) {
        assertEquals(attribute.getValue(), stored.get(attribute.getKey()), message);
        assertTrue(stored.contains(attribute.getKey()), message);
      }
      assertNull(stored.get("no such name at all"), message);
      assertEquals(item.isEmpty(), stored.isEmpty(), message);
      assertEquals(ItemSizes.of(item.attributes()), stored.size(), message);
      assertEquals(item.size(), stored.size(), message);
      assertEquals(walked(item), walked(stored), message);
      assertArrayEquals(body, stored.encoded(), message);
      assertEquals(item, stored, message);
      assertEquals(
          new ArrayList<>(item.attributes().keySet()),
          new ArrayList<>(stored.attributes().keySet()),
          message);
    }
  }

  @Test
  void damageIsSeenOrHarmless() {
    long seed = 4242;
    RandomValues values = new RandomValues(seed);
    int seen = 0;
    for (int i = 0; i < 8_000; i++) {
      byte[] body = values.item().encoded().clone();
      int damages = 1 + values.below(3);
      for (int d = 0; d < damages; d++) {
        body[values.below(body.length)] = (byte) values.below(256);
      }
      int length = values.below(4) == 0 ? values.below(body.length + 1) : body.length;
      try {
        Item.ofEncoded(body, 0, length).size();
        walked(Item.ofEncoded(body, 0, length));
        Item.ofEncoded(body, 0, length).get("absent");
        Item.ofEncoded(body, 0, length).attributes();
      } catch (InvariantBrokenException e) {
        seen++;
      }
    }
    assertTrue(seen > 800, "seed " + seed + ": of 8000 only " + seen + " were seen");
  }

  @Test
  void hugeCountsAndLengthsAreSeenBeforeTheyAreBelieved() {
    for (String hex :
        List.of(
            "ffffffff07",
            "ffffffff0f",
            "ffffffffff01",
            "01 0161 07 ffffffff07",
            "01 0161 07 05 ffffff7f",
            "01 0161 09 05 ffffff7f",
            "01 0161 01 7f",
            "01 7f",
            "01 0161 0c",
            "01 0161 00",
            "00 00")) {
      Item item = Item.ofEncoded(HexFormat.of().parseHex(hex.replace(" ", "")));
      assertThrows(InvariantBrokenException.class, item::attributes, hex);
    }
  }

  @Test
  void deepDamageDoesNotOverflowTheStack() {
    byte[] body = new byte[200_000];
    Arrays.fill(body, (byte) 7);
    body[0] = 1;
    body[1] = 0;
    Item item = Item.ofEncoded(body);
    assertThrows(InvariantBrokenException.class, item::attributes);
  }

  @Test
  void nestingIsBoundedWhenWritten() {
    assertEquals(item("a", nested(32)), stored(item("a", nested(32))));
    assertThrows(InvariantBrokenException.class, () -> item("a", nested(100)).encoded());
  }

  @Test
  void longValuesMoveTheirLengthsUp() {
    String text = "x".repeat(100_000);
    Item item = item("a", l(s(text), m("b", s(text))), "c", s("é".repeat(60)), "d", n(1));
    Item stored = stored(item);

    assertEquals(n(1), stored.get("d"));
    assertEquals(item, stored);
    assertEquals(item.size(), stored(item).size());
  }

  @Test
  void namesMatchOnlyWhole() {
    Item stored = stored(item("abc", n(1), "ab", n(2), "é", n(3)));
    assertEquals(n(2), stored.get("ab"));
    assertEquals(n(3), stored.get("é"));
    assertFalse(stored.contains("a"));
    assertFalse(stored.contains("abcd"));
    assertFalse(stored.contains("è"));
  }

  /** What a visitor of strings sees, as text. */
  private static List<String> walked(Item item) {
    List<String> seen = new ArrayList<>();
    item.walk(
        new ItemVisitor() {
          @Override
          public void name(String name) {
            seen.add("name " + name);
          }

          @Override
          public void string(String value) {
            seen.add("string " + value);
          }

          @Override
          public void number(String text) {
            seen.add("number " + text);
          }

          @Override
          public void binary(byte[] source, int offset, int length) {
            seen.add("binary " + HexFormat.of().formatHex(source, offset, offset + length));
          }

          @Override
          public void bool(boolean value) {
            seen.add("bool " + value);
          }

          @Override
          public void nullValue() {
            seen.add("null");
          }

          @Override
          public void startList(int size) {
            seen.add("list " + size);
          }

          @Override
          public void endList() {
            seen.add("end list");
          }

          @Override
          public void startMap(int size) {
            seen.add("map " + size);
          }

          @Override
          public void endMap() {
            seen.add("end map");
          }

          @Override
          public void startSet(AttributeType type, int size) {
            seen.add(type + " " + size);
          }

          @Override
          public void endSet() {
            seen.add("end set");
          }
        });
    return seen;
  }
}
