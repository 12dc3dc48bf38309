package dev.partita.replication.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.partita.base.Clock;
import dev.partita.replication.AppendOutcome;
import dev.partita.replication.BatchId;
import dev.partita.replication.LogEntry;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.DamagedFileException;
import dev.partita.storage.DataDirectory;
import dev.partita.storage.DiskSpace;
import dev.partita.storage.Durability;
import dev.partita.storage.WriteSet;
import dev.partita.storage.rocksdb.RocksDbStore;
import dev.partita.storage.rocksdb.SharedMemory;
import dev.partita.testing.powerloss.FileSystemKind;
import dev.partita.testing.powerloss.PowerLoss;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power loss at any moment of a log's life: what was acknowledged is there, whole and in order.
 *
 * <p>RocksDB forces a new MANIFEST, renames CURRENT to name it and forces the directory only then:
 * on a file system that promises no more than POSIX the start may be refused, but nothing is
 * silently missing.
 */
class LocalLogPowerLossTest {
  private static final int ENTRIES = 150;
  private static final int CUTS = 40;

  @TempDir Path temporary;

  @Test
  void everyAcknowledgedEntryIsThereAfterPowerLoss() throws Exception {
    boolean available = PowerLoss.isAvailable();
    assertTrue(
        available || !"true".equals(System.getenv("CI")), "power loss needs Linux and cc in CI");
    assumeTrue(available, "power loss is tested on Linux with a C compiler (cc) only");
    Path data = Files.createDirectory(temporary.resolve("data"));
    PowerLoss powerLoss = PowerLoss.of(data, Files.createDirectory(temporary.resolve("scratch")));
    runWriter(powerLoss, data);
    int events = powerLoss.eventCount();
    List<String> acknowledged = powerLoss.notes(events);
    assertEquals(ENTRIES, acknowledged.size());
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int cut = 0; cut < CUTS; cut++) {
      int kept = cut == 0 ? events : random.nextInt(events);
      long diskSeed = random.nextLong();
      Path disk = temporary.resolve("disk" + cut);
      FileSystemKind kind = cut % 4 == 3 ? FileSystemKind.POSIX : FileSystemKind.JOURNALING;
      powerLoss.disk(disk, kept, kind, diskSeed);
      check(
          disk,
          kind,
          powerLoss.notes(kept).size(),
          "seed "
              + seed
              + ": disk "
              + diskSeed
              + " after "
              + kept
              + " of "
              + events
              + " events, "
              + kind);
    }
  }

  private static void runWriter(PowerLoss powerLoss, Path data) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                data.toString(),
                powerLoss.notesFile().toString())
            .inheritIO();
    builder.environment().putAll(powerLoss.environment());
    Process writer = builder.start();
    assertTrue(writer.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, writer.exitValue());
  }

  private static void check(Path disk, FileSystemKind kind, int acknowledged, String message) {
    try (OpenedLog opened = new OpenedLog(disk)) {
      long applied = opened.log.position().batchNumber();
      assertTrue(
          applied >= acknowledged,
          message + ": " + acknowledged + " entries were acknowledged, " + applied + " are there");
      for (int entry = 1; entry <= ENTRIES; entry++) {
        byte[] first = opened.store.get(ColumnFamily.ITEMS, key("first", entry));
        byte[] second = opened.store.get(ColumnFamily.ITEMS, key("second", entry));
        if (entry <= applied) {
          assertArrayEquals(value(entry), first, message);
          assertArrayEquals(value(entry), second, message);
        } else {
          assertNull(first, message);
          assertNull(second, message);
        }
      }
      // A log that was torn must go on.
      opened.append((int) applied + 1);
    } catch (DamagedFileException e) {
      if (kind == FileSystemKind.JOURNALING || !e.getMessage().endsWith("is missing")) {
        throw new AssertionError(message, e);
      }
    } catch (RuntimeException e) {
      throw new AssertionError(message, e);
    }
  }

  private static byte[] key(String name, int entry) {
    return (name + entry).getBytes(StandardCharsets.UTF_8);
  }

  /** Up to 40 kB, so that entries span blocks of the log. */
  private static byte[] value(int entry) {
    Random random = new Random(entry);
    byte[] value = new byte[random.nextInt(4) == 0 ? 20_000 : random.nextInt(500)];
    random.nextBytes(value);
    return value;
  }

  /** A data directory with one group, open. */
  private static final class OpenedLog implements AutoCloseable {
    private final DataDirectory directory;
    private final SharedMemory memory = new SharedMemory(8 << 20, 8 << 20);
    private final RocksDbStore store;
    private final LocalLog log;

    OpenedLog(Path path) {
      directory = DataDirectory.open(path);
      store = RocksDbStore.open(directory.groupDirectory(0), Durability.SYNC, memory, Clock.SYSTEM);
      log =
          LocalLog.open(
              store,
              new DiskSpace(() -> 1L << 40, 64 << 20, Clock.SYSTEM),
              (message, cause) -> {
                throw new AssertionError(message, cause);
              });
    }

    void append(int entry) {
      WriteSet writeSet = new WriteSet();
      writeSet.put(ColumnFamily.ITEMS, key("first", entry), value(entry));
      writeSet.put(ColumnFamily.ITEMS, key("second", entry), value(entry));
      log.append(
          new LogEntry(0, entry, new BatchId(entry, entry), entry, writeSet),
          outcome -> {
            if (!(outcome instanceof AppendOutcome.Applied)) {
              throw new AssertionError(outcome);
            }
          });
    }

    @Override
    public void close() {
      log.close();
      store.close();
      memory.close();
      directory.close();
    }
  }

  /** Appends entries over three starts, with flushes, and notes each that is acknowledged. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      Path notes = Path.of(arguments[1]);
      try (FileChannel channel =
          FileChannel.open(notes, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        int entry = 1;
        for (int start = 1; start <= 3; start++) {
          try (OpenedLog opened = new OpenedLog(Path.of(arguments[0]))) {
            for (; entry <= ENTRIES * start / 3; entry++) {
              opened.append(entry);
              channel.write(
                  ByteBuffer.wrap(Integer.toString(entry).getBytes(StandardCharsets.UTF_8)));
              if (entry % 17 == 0) {
                opened.store.flush();
              }
            }
          }
        }
      }
    }
  }
}
