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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemSizesTest {

  @Test
  void valuesMeasureAsAwsSays() {
    assertEquals(0, ItemSizes.of(s("")));
    assertEquals(5, ItemSizes.of(s("hello")));
    assertEquals(10, ItemSizes.of(s("aé€😀")));
    assertEquals(2, ItemSizes.of(n(5)));
    assertEquals(3, ItemSizes.of(b(1, 2, 3)));
    assertEquals(1, ItemSizes.of(bool(true)));
    assertEquals(1, ItemSizes.of(nul()));
    assertEquals(3, ItemSizes.of(l()));
    assertEquals(3, ItemSizes.of(m()));
    assertEquals(3 + 2 + 2 + 1, ItemSizes.of(l(n(1), s("x"))));
    assertEquals(3 + 1 + 3 + 2, ItemSizes.of(m("abc", n(1))));
    assertEquals(5, ItemSizes.of(ss("ab", "cde")));
    assertEquals(2 + 3, ItemSizes.of(ns("1", "-1")));
    assertEquals(3, ItemSizes.of(bs(new int[] {1}, new int[] {1, 2})));
  }

  @Test
  void itemsAddTheirNames() {
    assertEquals(0, item().size());
    assertEquals(2 + 2 + 2 + 5, item("pk", n(1), "é", s("hello")).size());
  }

  @Test
  void levelsCountFromTheAttribute() {
    assertEquals(1, ItemSizes.levels(n(1)));
    assertEquals(1, ItemSizes.levels(m()));
    assertEquals(2, ItemSizes.levels(l(n(1))));
    assertEquals(32, ItemSizes.levels(nested(32)));
    assertEquals(33, ItemSizes.levels(nested(33)));
    assertEquals(33, ItemSizes.levels(nested(500)));
  }

  @Test
  void lengthsAreThoseOfUtf8() {
    long seed = 11;
    RandomValues values = new RandomValues(seed);
    for (int i = 0; i < 20_000; i++) {
      String text = values.text(20);
      String other = values.text(20);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] otherBytes = other.getBytes(StandardCharsets.UTF_8);
      String message = "seed " + seed + ": " + text + " | " + other;

      assertEquals(bytes.length, Utf8.length(text), message);
      assertEquals(
          Integer.signum(Arrays.compareUnsigned(bytes, otherBytes)),
          Integer.signum(Utf8.compare(text, other)),
          message);
      assertEquals(
          text.equals(other), Utf8.matches(text, otherBytes, 0, otherBytes.length), message);
      assertTrue(Utf8.matches(text, bytes, 0, bytes.length), message);
    }
    for (String lone : new String[] {"\ud800", "a\udc00b", "\ud800\ud800", "\udc00\ud800"}) {
      assertEquals(lone.getBytes(StandardCharsets.UTF_8).length, Utf8.length(lone));
    }
    assertEquals(0, ItemSizes.of(Map.of()));
  }
}
