package dev.partita.storage.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ItemKeyFormatTest {
  private static final byte[] NONE = {};

  /** The hash is on disk and never changes: these are also in docs/file-formats.md. */
  @Test
  void hashHasItsTestVectors() {
    assertEquals(0x2d06800538d394c2L, ItemKeyFormat.hash(NONE));
    assertEquals(0xe6c632b61e964e1fL, ItemKeyFormat.hash(text("a")));
    assertEquals(0x78af5f94892f3950L, ItemKeyFormat.hash(text("abc")));
  }

  @Test
  void keyIsTableHashLengthPartitionKeySortKey() {
    byte[] key = ItemKeyFormat.encode(7, text("abc"), text("s"));
    assertEquals(
        "00000007" + "78af5f94892f3950" + "0003" + "616263" + "73", HexFormat.of().formatHex(key));
    assertEquals(7, ItemKeyFormat.tableId(key));
    assertEquals(0x78af5f94892f3950L, ItemKeyFormat.hashOf(key));
  }

  @Test
  void collectionsAreToldApartByTheWholePartitionKey() {
    byte[] first = ItemKeyFormat.encode(1, text("a"), text("bc"));
    assertTrue(ItemKeyFormat.sameCollection(first, ItemKeyFormat.encode(1, text("a"), NONE)));
    assertFalse(
        ItemKeyFormat.sameCollection(first, ItemKeyFormat.encode(1, text("ab"), text("c"))));
    assertFalse(
        ItemKeyFormat.sameCollection(first, ItemKeyFormat.encode(2, text("a"), text("bc"))));
  }

  @Test
  void boundariesEncloseTheKeysOfTheirHashes() {
    byte[] key = ItemKeyFormat.encode(1, text("abc"), text("s"));
    long hash = ItemKeyFormat.hash(text("abc"));
    assertTrue(Arrays.compareUnsigned(ItemKeyFormat.hashBoundary(1, hash), key) < 0);
    assertTrue(Arrays.compareUnsigned(key, ItemKeyFormat.hashBoundary(1, hash + 1)) < 0);
    assertTrue(Arrays.compareUnsigned(key, ItemKeyFormat.tableEnd(1)) < 0);
    assertTrue(
        Arrays.compareUnsigned(ItemKeyFormat.tableEnd(1), ItemKeyFormat.hashBoundary(2, 0)) <= 0);
  }

  @Test
  void hashesAreCutIntoEqualParts() {
    assertEquals(0, HashSpace.firstHash(0, 1));
    assertEquals(Long.MIN_VALUE, HashSpace.firstHash(1, 2));
    for (int count : new int[] {2, 3, 7, 100, 1_000_000}) {
      for (int index = 1; index < count; index += Math.max(1, count / 13)) {
        long first = HashSpace.firstHash(index, count);
        assertTrue(Long.compareUnsigned(HashSpace.firstHash(index - 1, count), first) < 0);
      }
    }
  }

  @Test
  void prefixEndIsAboveEveryKeyWithThePrefix() {
    assertArrayEquals(new byte[] {1, 3}, KeyRange.prefixEnd(new byte[] {1, 2}));
    assertArrayEquals(new byte[] {2}, KeyRange.prefixEnd(new byte[] {1, -1, -1}));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
