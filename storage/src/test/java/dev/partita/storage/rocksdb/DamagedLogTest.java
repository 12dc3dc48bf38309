package dev.partita.storage.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.partita.storage.DamagedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage to the write-ahead log: refused, or a torn last write and exactly that is missing. */
class DamagedLogTest {
  private static final int WRITES = 60;

  @TempDir Path temporary;

  /** Value lengths that put records inside a block, over one edge, and over several blocks. */
  private static int valueLength(int write) {
    return switch (write % 6) {
      case 0 -> 40_000;
      case 1 -> 100_000;
      case 2 -> 7;
      default -> 300 + write;
    };
  }

  private static String value(int write) {
    return Integer.toString(write).repeat(valueLength(write)).substring(0, valueLength(write));
  }

  /** A killed store with {@link #WRITES} writes in its log; the last one is small. */
  private Path killedStore() throws IOException {
    Path killed = Files.createDirectory(temporary.resolve("killed"));
    Path original = temporary.resolve("original");
    try (OpenedStore opened = new OpenedStore(original)) {
      for (int write = 0; write < WRITES; write++) {
        opened.put("key" + write, value(write));
      }
      RocksDbStoreTest.copy(original, killed);
    }
    return killed;
  }

  private static Path onlyLog(Path store) throws IOException {
    List<Path> logs = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(store, "*.log")) {
      entries.forEach(logs::add);
    }
    assertEquals(1, logs.size());
    return logs.getFirst();
  }

  private Path freshCopy(Path killed, int number) throws IOException {
    Path copy = Files.createDirectory(temporary.resolve("copy" + number));
    RocksDbStoreTest.copy(killed, copy);
    return copy;
  }

  /** The values hold no zeros, so that even damage to the last write cannot pass for torn. */
  @Test
  void everyFlippedBitIsRefusedNamingFileAndPosition() throws IOException {
    Path killed = killedStore();
    Path log = onlyLog(killed);
    byte[] whole = Files.readAllBytes(log);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 150; round++) {
      // Half of the flips hit the last writes, where RocksDB alone would see a torn end.
      int from = round % 2 == 0 ? 0 : whole.length - 1000;
      int bit = from * 8 + random.nextInt((whole.length - from) * 8);
      expectRefusalOfFlip(killed, log, whole, bit, "seed " + seed + " bit " + bit);
    }
    for (int position = whole.length - 400; position < whole.length; position++) {
      int bit = position * 8 + random.nextInt(8);
      expectRefusalOfFlip(killed, log, whole, bit, "seed " + seed + " bit " + bit);
    }
    try (OpenedStore opened = new OpenedStore(killed)) {
      assertEquals(WRITES, firstMissing(opened, "undamaged"));
    }
  }

  private static void expectRefusalOfFlip(
      Path killed, Path log, byte[] whole, int bit, String message) throws IOException {
    writeByte(log, bit / 8, (byte) (whole[bit / 8] ^ (1 << (bit % 8))));
    if (isPadding(whole, bit / 8)) {
      LogFileCheck.checkStore(killed);
      writeByte(log, bit / 8, whole[bit / 8]);
      return;
    }
    DamagedFileException refusal =
        assertThrows(DamagedFileException.class, () -> LogFileCheck.checkStore(killed), message);
    assertEquals(log.toString(), refusal.file(), message);
    // The damaged fragment's first byte is named; a fragment is at most a block long.
    assertTrue(
        refusal.position() <= bit / 8 && bit / 8 - refusal.position() <= LogFile.BLOCK_BYTES,
        message + ": " + refusal.getMessage());
    writeByte(log, bit / 8, whole[bit / 8]);
  }

  private static void writeByte(Path file, long position, byte value) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {value}), position);
    }
  }

  /** The zeros at the end of a block in which no header fits carry nothing. */
  private static boolean isPadding(byte[] whole, int position) {
    int end = (position / LogFile.BLOCK_BYTES + 1) * LogFile.BLOCK_BYTES;
    if (end - position >= LogFile.HEADER_BYTES || end > whole.length) {
      return false;
    }
    for (int index = position; index < end; index++) {
      if (whole[index] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Several bits at once may take the last write's length and bytes: it alone may be lost. */
  @Test
  void scatteredDamageIsRefusedOrCostsAtMostTheLastWrite() throws IOException {
    Path killed = killedStore();
    Path log = onlyLog(killed);
    byte[] whole = Files.readAllBytes(log);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int refused = 0;
    int rounds = 24;
    for (int round = 0; round < rounds; round++) {
      int from = round % 2 == 0 ? 0 : whole.length - 1000;
      byte[] damaged = whole.clone();
      for (int flips = 1 + random.nextInt(6); flips > 0; flips--) {
        damaged[from + random.nextInt(whole.length - from)] ^= (byte) (1 + random.nextInt(255));
      }
      Path copy = freshCopy(killed, round);
      Files.write(copy.resolve(log.getFileName()), damaged);
      String message = "seed " + seed + " round " + round;
      try (OpenedStore opened = new OpenedStore(copy)) {
        assertTrue(firstMissing(opened, message) >= WRITES - 1, message);
      } catch (DamagedFileException e) {
        refused++;
        assertEquals(copy.resolve(log.getFileName()).toString(), e.file(), message);
      }
    }
    assertTrue(refused > rounds / 2, "only " + refused + " of " + rounds + " were refused");
  }

  /** The write that is the first to be absent; after it, none may be there. */
  private static int firstMissing(OpenedStore opened, String message) {
    int missing = WRITES;
    for (int write = WRITES - 1; write >= 0; write--) {
      String found = opened.get("key" + write);
      if (found.equals("absent")) {
        missing = write;
      } else {
        assertEquals(value(write), found, message);
        assertTrue(missing == WRITES || missing == WRITES - 1, message);
      }
    }
    return missing;
  }

  @Test
  void aFlippedBitInEveryByteOfTheLastButOneRecordIsRefused() throws IOException {
    Path killed = killedStore();
    Path log = onlyLog(killed);
    byte[] whole = Files.readAllBytes(log);
    int last = lastRecord(whole.length, log);
    // The record before the last ends where the last begins; take its last 120 bytes.
    for (int position = last - 120; position < last; position++) {
      writeByte(log, position, (byte) (whole[position] ^ 0x10));
      assertThrows(
          DamagedFileException.class, () -> LogFileCheck.checkStore(killed), "byte " + position);
      writeByte(log, position, whole[position]);
    }
  }

  /** Where the last record begins: the log without it is the longest that still checks. */
  private static int lastRecord(int length, Path log) throws IOException {
    byte[] whole = Files.readAllBytes(log);
    Path copy = Files.createDirectory(log.resolveSibling("last"));
    Path cut = copy.resolve("000009.log");
    // Cut off one byte: the check cuts off the rest of the record.
    Files.write(cut, Arrays.copyOf(whole, length - 1));
    Files.writeString(copy.resolve("CURRENT"), "MANIFEST-000001\n");
    Files.createFile(copy.resolve("MANIFEST-000001"));
    LogFileCheck.checkStore(copy);
    return (int) Files.size(cut);
  }

  @Test
  void aTornLastWriteIsCutOffWhereverItEnds() throws IOException {
    Path killed = killedStore();
    Path log = onlyLog(killed);
    byte[] whole = Files.readAllBytes(log);
    int last = lastRecord(whole.length, log);
    for (int end = last; end < whole.length; end += 1 + (end - last) / 4) {
      Path copy = freshCopyOfFiles(killed, end);
      Files.write(copy.resolve(log.getFileName()), Arrays.copyOf(whole, end));
      expectAllButTheLast(copy, "cut at " + end);
      if (whole.length - end < 8) {
        continue;
      }
      // A file system may have grown the file before it wrote the data.
      Path zeroed = freshCopyOfFiles(killed, -end);
      byte[] zeros = Arrays.copyOf(Arrays.copyOf(whole, end), whole.length);
      Files.write(zeroed.resolve(log.getFileName()), zeros);
      expectAllButTheLast(zeroed, "zeros from " + end);
    }
  }

  private Path freshCopyOfFiles(Path killed, int number) throws IOException {
    Path copy = Files.createDirectory(temporary.resolve("torn" + number));
    try (var files = Files.newDirectoryStream(killed)) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
    return copy;
  }

  private static void expectAllButTheLast(Path store, String message) {
    for (int restart = 0; restart < 2; restart++) {
      try (OpenedStore opened = new OpenedStore(store)) {
        assertEquals(WRITES - 1, firstMissing(opened, message), message);
      }
    }
  }

  @Test
  void aTornWriteOverSeveralBlocksIsCutOffAtItsStart() throws IOException {
    Path killed = Files.createDirectory(temporary.resolve("killed"));
    Path original = temporary.resolve("original");
    long before;
    try (OpenedStore opened = new OpenedStore(original)) {
      opened.put("small", "1");
      before = Files.size(onlyLog(original));
      opened.put("big", "x".repeat(200_000));
      RocksDbStoreTest.copy(original, killed);
    }
    Path log = onlyLog(killed);
    byte[] whole = Files.readAllBytes(log);
    // Pages of one unforced write may reach the disk in any order: a hole before its last block.
    byte[] holed = whole.clone();
    Arrays.fill(holed, 40_000, 80_000, (byte) 0);
    for (byte[] torn : List.of(Arrays.copyOf(whole, 150_000), holed)) {
      Files.write(log, torn);
      LogFileCheck.checkStore(killed);
      assertEquals(before, Files.size(log));
    }
    try (OpenedStore opened = new OpenedStore(killed)) {
      assertEquals("1", opened.get("small"));
      assertEquals("absent", opened.get("big"));
    }
  }

  @Test
  void aLostBlockInTheMiddleIsRefused() throws IOException {
    Path killed = killedStore();
    Path log = onlyLog(killed);
    byte[] whole = Files.readAllBytes(log);
    for (int block = 0; block < whole.length / LogFile.BLOCK_BYTES; block++) {
      byte[] damaged = whole.clone();
      int start = block * LogFile.BLOCK_BYTES;
      Arrays.fill(damaged, start, start + LogFile.BLOCK_BYTES, (byte) 0);
      Files.write(log, damaged);
      DamagedFileException refusal =
          assertThrows(DamagedFileException.class, () -> LogFileCheck.checkStore(killed));
      assertEquals(start, refusal.position());
      assertTrue(
          refusal.getMessage().startsWith("damaged file " + log + " at byte " + start + ": "));
    }
  }

  @Test
  void aLogCutShortBeforeALaterLogIsRefused() throws IOException {
    Path store = Files.createDirectory(temporary.resolve("two"));
    Path killed = killedStore();
    Path log = onlyLog(killed);
    byte[] whole = Files.readAllBytes(log);
    int last = lastRecord(whole.length, log);
    Files.writeString(store.resolve("CURRENT"), "MANIFEST-000001\n");
    Files.createFile(store.resolve("MANIFEST-000001"));
    Path first = store.resolve("000008.log");
    Files.write(first, Arrays.copyOf(whole, last));
    byte[] tail = Arrays.copyOfRange(whole, last, whole.length);
    Files.write(store.resolve("000009.log"), tail);
    LogFileCheck.checkStore(store);
    for (int cut : List.of(1, 5, 50, 400)) {
      Files.write(first, Arrays.copyOf(whole, last - cut));
      DamagedFileException refusal =
          assertThrows(DamagedFileException.class, () -> LogFileCheck.checkStore(store));
      assertEquals(first.toString(), refusal.file());
    }
    // Cut right between two records: only the sequence numbers show it.
    int lastButOne = lastRecordOf(Arrays.copyOf(whole, last));
    Files.write(first, Arrays.copyOf(whole, lastButOne));
    DamagedFileException refusal =
        assertThrows(DamagedFileException.class, () -> LogFileCheck.checkStore(store));
    assertTrue(refusal.getMessage().contains("writes are missing"), refusal.getMessage());
  }

  private int lastRecordOf(byte[] records) throws IOException {
    Path log = temporary.resolve("part.log");
    Files.write(log, records);
    return lastRecord(records.length, log);
  }

  /** A store that held little is closed without a flush: its log is read at the next start. */
  @Test
  void anIntactLogPassesWhateverWasWritten() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Path store = temporary.resolve("store");
    for (int start = 0; start < 25; start++) {
      try (OpenedStore opened = new OpenedStore(store)) {
        int writes = random.nextInt(30);
        for (int write = 0; write < writes; write++) {
          // Lengths around the edges of blocks, where headers do not fit and padding begins.
          int length =
              random.nextBoolean()
                  ? random.nextInt(500)
                  : Math.max(0, LogFile.BLOCK_BYTES - 120 + random.nextInt(120));
          opened.put("key" + write, "v".repeat(length));
          if (random.nextInt(15) == 0) {
            opened.store.flush();
          }
        }
      } catch (DamagedFileException e) {
        fail("seed " + seed, e);
      }
    }
  }
}
