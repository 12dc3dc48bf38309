package dev.partita.storage.rocksdb;

import static dev.partita.storage.rocksdb.OpenedStore.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.InvariantBrokenException;
import dev.partita.storage.CachedRead;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Cursor;
import dev.partita.storage.Direction;
import dev.partita.storage.Durability;
import dev.partita.storage.KeyRangeSize;
import dev.partita.storage.StoreStatistics;
import dev.partita.storage.WriteSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksDbStoreTest {
  private static final WriteSet NOTHING = new WriteSet();

  @TempDir Path directory;

  @Test
  void agreesWithASortedMapOverFlushesAndRestarts() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    for (int start = 0; start < 4; start++) {
      try (OpenedStore opened = new OpenedStore(directory)) {
        for (int round = 0; round < 40; round++) {
          writeRandomly(random, opened.store, model);
          if (random.nextInt(10) == 0) {
            opened.store.flush();
          }
          compare(random, opened.store, model, "seed " + seed);
        }
      }
    }
  }

  private static void writeRandomly(
      Random random, RocksDbStore store, NavigableMap<byte[], byte[]> model) {
    WriteSet writeSet = new WriteSet();
    for (int operation = 0; operation < 20; operation++) {
      byte[] key = randomKey(random);
      int kind = random.nextInt(20);
      if (kind == 0) {
        byte[] end = Arrays.copyOf(key, 4);
        end[3] = (byte) 0xff;
        writeSet.deleteRange(ColumnFamily.ITEMS, key, end);
        model.subMap(key, end).clear();
      } else if (kind < 6) {
        writeSet.delete(ColumnFamily.ITEMS, key);
        model.remove(key);
      } else {
        byte[] value = new byte[random.nextInt(400)];
        random.nextBytes(value);
        writeSet.put(ColumnFamily.ITEMS, key, value);
        model.put(key, value);
      }
    }
    store.write(writeSet, NOTHING);
  }

  private static byte[] randomKey(Random random) {
    byte[] key = new byte[1 + random.nextInt(3)];
    for (int index = 0; index < key.length; index++) {
      key[index] = (byte) (random.nextInt(8) * 36);
    }
    return key;
  }

  private static void compare(
      Random random, RocksDbStore store, NavigableMap<byte[], byte[]> model, String message) {
    List<byte[]> keys = new ArrayList<>();
    for (int index = 0; index < 30; index++) {
      keys.add(randomKey(random));
    }
    List<byte[]> values = store.multiGet(ColumnFamily.ITEMS, keys);
    for (int index = 0; index < keys.size(); index++) {
      byte[] expected = model.get(keys.get(index));
      assertArrayEquals(expected, store.get(ColumnFamily.ITEMS, keys.get(index)), message);
      assertArrayEquals(expected, values.get(index), message);
      switch (store.getCached(ColumnFamily.ITEMS, keys.get(index))) {
        case CachedRead.Found(byte[] value) -> assertArrayEquals(expected, value, message);
        case CachedRead.Absent() -> assertNull(expected, message);
        case CachedRead.NotCached() -> {}
      }
    }
    byte[] start = randomKey(random);
    byte[] end = random.nextInt(4) == 0 ? new byte[0] : randomKey(random);
    if (end.length > 0 && Arrays.compareUnsigned(start, end) > 0) {
      byte[] swapped = start;
      start = end;
      end = swapped;
    }
    NavigableMap<byte[], byte[]> range =
        end.length == 0 ? model.tailMap(start, true) : model.subMap(start, true, end, false);
    byte[] target = randomKey(random);
    for (Direction direction : Direction.values()) {
      NavigableMap<byte[], byte[]> ordered =
          direction == Direction.FORWARD ? range : range.descendingMap();
      Comparator<? super byte[]> order = ordered.comparator();
      try (Cursor cursor = store.cursor(ColumnFamily.ITEMS, start, end, direction)) {
        expectRest(cursor, ordered, message);
        cursor.seek(target);
        NavigableMap<byte[], byte[]> behind = new TreeMap<>(order);
        ordered.forEach((key, value) -> {
          if (behind.comparator().compare(key, target) >= 0) {
            behind.put(key, value);
          }
        });
        expectRest(cursor, behind, message);
      }
    }
  }

  private static void expectRest(
      Cursor cursor, NavigableMap<byte[], byte[]> expected, String message) {
    for (var entry : expected.entrySet()) {
      assertTrue(cursor.isValid(), message);
      assertArrayEquals(entry.getKey(), cursor.key(), message);
      assertArrayEquals(entry.getValue(), cursor.value(), message);
      cursor.next();
    }
    assertTrue(!cursor.isValid(), message);
  }

  @Test
  void aCursorSeesTheStateAtItsCreation() {
    try (OpenedStore opened = new OpenedStore(directory)) {
      opened.put("a", "1");
      try (Cursor cursor =
          opened.store.cursor(ColumnFamily.ITEMS, bytes("a"), bytes("z"), Direction.FORWARD)) {
        opened.put("a", "2");
        opened.put("b", "2");
        assertArrayEquals(bytes("1"), cursor.value());
        cursor.next();
        assertTrue(!cursor.isValid());
        assertThrows(InvariantBrokenException.class, cursor::next);
        assertThrows(InvariantBrokenException.class, cursor::value);
      }
    }
  }

  @Test
  void aCachedReadNeverTouchesTheDisk() {
    try (OpenedStore opened = new OpenedStore(directory)) {
      opened.put("key", "value");
      opened.store.flush();
    }
    try (OpenedStore opened = new OpenedStore(directory)) {
      assertSame(CachedRead.NOT_CACHED, opened.store.getCached(ColumnFamily.ITEMS, bytes("key")));
      assertEquals("value", opened.get("key"));
      CachedRead.Found found =
          assertInstanceOf(
              CachedRead.Found.class, opened.store.getCached(ColumnFamily.ITEMS, bytes("key")));
      assertArrayEquals(bytes("value"), found.value());
      assertSame(CachedRead.ABSENT, opened.store.getCached(ColumnFamily.META, bytes("key")));
    }
  }

  @Test
  void keepsFamiliesApart() {
    try (OpenedStore opened = new OpenedStore(directory)) {
      opened.put("key", "item");
      assertEquals("item", opened.get("key"));
      assertNull(opened.store.get(ColumnFamily.META, bytes("key")));
      assertArrayEquals(bytes("key"), opened.store.get(ColumnFamily.META, bytes("position")));
    }
  }

  @Test
  void aCheckpointIsAStoreOfThatMoment() {
    Path copy = directory.resolve("copy");
    try (OpenedStore opened = new OpenedStore(directory.resolve("original"))) {
      opened.put("key", "before");
      opened.store.checkpoint(copy);
      opened.put("key", "after");
      try (OpenedStore checkpoint = new OpenedStore(copy)) {
        assertEquals("before", checkpoint.get("key"));
      }
      assertEquals("after", opened.get("key"));
    }
  }

  /** What a killed process leaves is what the files held at that moment. */
  @Test
  void everyAcknowledgedWriteSurvivesAKill() throws IOException {
    Path killed = Files.createDirectory(directory.resolve("killed"));
    try (OpenedStore opened = new OpenedStore(directory.resolve("original"))) {
      for (int item = 0; item < 50; item++) {
        opened.put("key" + item, "value" + item);
      }
      opened.store.flush();
      for (int item = 50; item < 100; item++) {
        opened.put("key" + item, "value" + item);
      }
      copy(directory.resolve("original"), killed);
    }
    for (int restart = 0; restart < 2; restart++) {
      try (OpenedStore opened = new OpenedStore(killed)) {
        for (int item = 0; item < 100; item++) {
          assertEquals("value" + item, opened.get("key" + item));
        }
      }
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (var files = Files.newDirectoryStream(from)) {
      for (Path file : files) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void withoutALogNothingNeedsToSurviveButEverythingIsRead() {
    try (OpenedStore opened = new OpenedStore(directory, Durability.NONE)) {
      for (int item = 0; item < 1000; item++) {
        opened.put("key" + item, "value".repeat(100));
      }
      opened.store.flush();
      assertEquals("value".repeat(100), opened.get("key999"));
      assertEquals(0, opened.store.statistics().walBytes());
    }
  }

  @Test
  void countsWritesFsyncsAndBytes() {
    try (OpenedStore opened = new OpenedStore(directory)) {
      StoreStatistics before = opened.store.statistics();
      for (int item = 0; item < 500; item++) {
        opened.put("key" + item, "value".repeat(20));
      }
      StoreStatistics after = opened.store.statistics();
      assertEquals(500, after.writes() - before.writes());
      assertEquals(500, after.fsyncs() - before.fsyncs());
      assertTrue(after.walBytes() > 500 * 100);
      assertTrue(after.writeBufferBytes() > before.writeBufferBytes());
      assertTrue(after.blockCacheBytesMax() >= 16 << 20);
      assertEquals(StoreStatistics.Stall.NONE, after.stall());
      opened.store.flush();
      assertTrue(opened.store.liveDataBytes() > 0);
      KeyRangeSize half =
          opened.store.approximateSize(ColumnFamily.ITEMS, bytes("key0"), bytes("key5"));
      KeyRangeSize whole = opened.store.approximateSize(ColumnFamily.ITEMS, bytes(""), bytes(""));
      assertTrue(whole.keys() > 400 && whole.keys() < 600, whole.toString());
      assertTrue(half.bytes() > 0 && half.bytes() < whole.bytes(), half + " of " + whole);
    }
  }

  @Test
  void anUnreadableStoreNamesItself() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");
    String message =
        assertThrows(RuntimeException.class, () -> new OpenedStore(file).close()).getMessage();
    assertTrue(String.valueOf(message).contains(file.toString()), message);
  }

  @Test
  void textOfABigValueIsKept() {
    byte[] value = "x".repeat(3_000_000).getBytes(StandardCharsets.UTF_8);
    try (OpenedStore opened = new OpenedStore(directory)) {
      WriteSet writeSet = new WriteSet();
      writeSet.put(ColumnFamily.ITEMS, bytes("big"), value);
      opened.store.write(writeSet, NOTHING);
    }
    try (OpenedStore opened = new OpenedStore(directory)) {
      assertArrayEquals(value, opened.store.get(ColumnFamily.ITEMS, bytes("big")));
    }
  }
}
