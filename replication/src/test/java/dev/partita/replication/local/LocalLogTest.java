package dev.partita.replication.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Clock;
import dev.partita.base.InvariantBrokenException;
import dev.partita.replication.BatchId;
import dev.partita.replication.FatalErrorHandler;
import dev.partita.replication.LogPosition;
import dev.partita.replication.ReplicationLog;
import dev.partita.replication.ReplicationLogContract;
import dev.partita.storage.DiskSpace;
import dev.partita.storage.Durability;
import dev.partita.storage.KeyValueStore;
import dev.partita.storage.rocksdb.RocksDbStore;
import dev.partita.storage.rocksdb.SharedMemory;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLogTest extends ReplicationLogContract {
  private static final FatalErrorHandler NOT_EXPECTED =
      (message, cause) -> {
        throw new AssertionError(message, cause);
      };

  @TempDir Path directory;
  private final AtomicLong freeBytes = new AtomicLong(1L << 40);
  private final AtomicLong millis = new AtomicLong();
  private SharedMemory memory;
  private RocksDbStore store;
  private LocalLog log;

  @BeforeEach
  void open() {
    memory = new SharedMemory(8 << 20, 8 << 20);
    store = RocksDbStore.open(directory, Durability.SYNC, memory, Clock.SYSTEM);
    Clock clock =
        new Clock() {
          @Override
          public long wallMillis() {
            return millis.get();
          }

          @Override
          public long monotonicNanos() {
            return millis.get() * 1_000_000;
          }
        };
    log =
        LocalLog.open(store, new DiskSpace(freeBytes::get, 64 << 20, clock), NOT_EXPECTED, 1 << 20);
  }

  @AfterEach
  void close() {
    log.close();
    store.close();
    memory.close();
  }

  @Override
  protected ReplicationLog log() {
    return log;
  }

  @Override
  protected KeyValueStore store() {
    return store;
  }

  @Override
  protected void restart() {
    close();
    open();
  }

  @Override
  protected void setFreeBytes(long bytes) {
    freeBytes.set(bytes);
    millis.addAndGet(1000);
  }

  @Test
  void oneEntryIsOneForcedWrite() {
    long before = store.statistics().fsyncs();
    append(next());
    append(next());
    assertEquals(2, store.statistics().fsyncs() - before);
  }

  @Test
  void thePositionRecordIsReadBackAndCheckedBitByBit() {
    LogPosition position = new LogPosition(3, 1L << 40, new BatchId(-5, 6), 1L << 60);
    byte[] record = PositionRecord.encode(position, 77);
    assertEquals(position, PositionRecord.decode(record));
    assertEquals(LogPosition.START, PositionRecord.decode(null));
    for (int bit = 0; bit < record.length * 8; bit++) {
      byte[] damaged = record.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThrows(
          InvariantBrokenException.class, () -> PositionRecord.decode(damaged), "bit " + bit);
    }
    assertThrows(InvariantBrokenException.class, () -> PositionRecord.decode(new byte[48]));
  }

  @Test
  void anEntryFitsTheWriteBuffer() {
    LocalLog byDefault =
        LocalLog.open(store, new DiskSpace(freeBytes::get, 64 << 20, Clock.SYSTEM), NOT_EXPECTED);
    assertEquals(LocalLog.ENTRY_BYTES_MAX, byDefault.entryBytesMax());
    assertTrue(byDefault.entryBytesMax() >= 16 << 20, "a transaction of 4 MB with its images fits");
  }
}
