package dev.partita.storage.rocksdb;

import static dev.partita.storage.rocksdb.OpenedStore.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Cursor;
import dev.partita.storage.DamagedFileException;
import dev.partita.storage.Direction;
import dev.partita.storage.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage to data files and to RocksDB's own records of them. */
class DamagedStoreTest {
  private static final int ITEMS = 2000;

  @TempDir Path temporary;
  private Path store;

  @BeforeEach
  void writeAStore() {
    store = temporary.resolve("store");
    try (OpenedStore opened = new OpenedStore(store, Durability.ASYNC)) {
      for (int item = 0; item < ITEMS; item++) {
        opened.put(key(item), value(item));
      }
      opened.store.flush();
    }
  }

  private static String key(int item) {
    return "key%05d".formatted(item);
  }

  /** Random text, so that blocks stay large and every bit carries data. */
  private static String value(int item) {
    Random random = new Random(item);
    StringBuilder value = new StringBuilder();
    for (int index = 0; index < 10; index++) {
      value.append(Long.toString(random.nextLong(), 36));
    }
    return value.toString();
  }

  private List<Path> files(String pattern) throws IOException {
    List<Path> files = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(store, pattern)) {
      entries.forEach(files::add);
    }
    return files;
  }

  private Path largestDataFile() throws IOException {
    Path largest = null;
    for (Path file : files("*.sst")) {
      if (largest == null || Files.size(file) > Files.size(largest)) {
        largest = file;
      }
    }
    return java.util.Objects.requireNonNull(largest);
  }

  @Test
  void damagedDataIsReportedByFileAndPositionAndNeverReturned() throws IOException {
    Path file = largestDataFile();
    byte[] whole = Files.readAllBytes(file);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int reported = 0;
    for (int round = 0; round < 12; round++) {
      int bit = random.nextInt(whole.length * 8);
      String message = "seed " + seed + " bit " + bit;
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(file, damaged);
      try (OpenedStore opened = new OpenedStore(store)) {
        for (int item = 0; item < ITEMS; item += 3) {
          assertEquals(value(item), opened.get(key(item)), message);
        }
        scan(opened, message);
      } catch (DamagedFileException e) {
        reported++;
        assertEquals(file.toString(), e.file(), message + ": " + e.getMessage());
        assertTrue(e.position() <= bit / 8, message + ": " + e.getMessage());
      }
    }
    assertTrue(reported >= 8, "only " + reported + " were reported");
  }

  private static void scan(OpenedStore opened, String message) {
    try (Cursor cursor =
        opened.store.cursor(ColumnFamily.ITEMS, bytes("a"), bytes("z"), Direction.FORWARD)) {
      int item = 0;
      for (; cursor.isValid(); cursor.next()) {
        assertEquals(value(item++), new String(cursor.value(), StandardCharsets.UTF_8), message);
      }
      assertEquals(ITEMS, item, message);
    }
  }

  @Test
  void aShortenedOrMissingDataFileStopsTheStart() throws IOException {
    Path file = largestDataFile();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertEquals(
        file.toString(),
        assertThrows(DamagedFileException.class, () -> new OpenedStore(store).close()).file());
    Files.delete(file);
    assertEquals(
        file.toString(),
        assertThrows(DamagedFileException.class, () -> new OpenedStore(store).close()).file());
  }

  @Test
  void aDamagedManifestStopsTheStart() throws IOException {
    Path manifest = files("MANIFEST-*").getFirst();
    byte[] whole = Files.readAllBytes(manifest);
    // The last bytes are those of the edit that names the newest file: were it taken for torn,
    // the file would be deleted and with it acknowledged writes.
    for (int position :
        List.of(
            0, 5, 10, whole.length / 3, whole.length / 2, whole.length - 20, whole.length - 1)) {
      byte[] damaged = whole.clone();
      damaged[position] ^= 4;
      Files.write(manifest, damaged);
      DamagedFileException refusal =
          assertThrows(DamagedFileException.class, () -> new OpenedStore(store).close());
      assertEquals(manifest.toString(), refusal.file());
      assertTrue(refusal.position() >= 0 && refusal.position() <= position);
    }
    Files.delete(manifest);
    assertEquals(
        manifest.toString(),
        assertThrows(DamagedFileException.class, () -> new OpenedStore(store).close()).file());
  }

  @Test
  void aDamagedOrMissingCurrentStopsTheStart() throws IOException {
    Path current = store.resolve("CURRENT");
    byte[] whole = Files.readAllBytes(current);
    for (byte[] damaged : List.of(new byte[0], new byte[16], bytes("MANIFEST-00009x\n"))) {
      Files.write(current, damaged);
      assertEquals(
          current.toString(),
          assertThrows(DamagedFileException.class, () -> new OpenedStore(store).close()).file());
    }
    Files.delete(current);
    assertEquals(
        current.toString(),
        assertThrows(DamagedFileException.class, () -> new OpenedStore(store).close()).file());
    Files.write(current, whole);
    new OpenedStore(store).close();
  }
}
