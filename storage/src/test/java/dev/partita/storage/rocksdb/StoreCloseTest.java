package dev.partita.storage.rocksdb;

import static dev.partita.storage.rocksdb.OpenedStore.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Clock;
import dev.partita.base.InvariantBrokenException;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Cursor;
import dev.partita.storage.Direction;
import dev.partita.storage.Durability;
import dev.partita.storage.StorageException;
import dev.partita.storage.StoreClosedException;
import dev.partita.storage.WriteSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCloseTest {
  @TempDir Path directory;

  @Test
  void everyUseAfterCloseIsRefused() {
    OpenedStore opened = new OpenedStore(directory);
    RocksDbStore store = opened.store;
    opened.close();
    store.close();
    byte[] key = bytes("key");
    List<Runnable> uses =
        List.of(
            () -> store.get(ColumnFamily.ITEMS, key),
            () -> store.getCached(ColumnFamily.ITEMS, key),
            () -> store.multiGet(ColumnFamily.ITEMS, List.of(key)),
            () -> store.cursor(ColumnFamily.ITEMS, key, key, Direction.FORWARD).close(),
            () -> store.approximateSize(ColumnFamily.ITEMS, key, key),
            store::liveDataBytes,
            store::flush,
            () -> store.checkpoint(directory.resolve("copy")),
            store::statistics,
            () -> store.write(new WriteSet(), new WriteSet()));
    for (Runnable use : uses) {
      assertTrue(
          assertThrows(StoreClosedException.class, use::run)
              .getMessage()
              .contains(directory.toString()));
    }
  }

  @Test
  void closeWaitsForACursor() throws InterruptedException {
    OpenedStore opened = new OpenedStore(directory);
    opened.put("key", "value");
    Cursor cursor =
        opened.store.cursor(ColumnFamily.ITEMS, bytes("a"), bytes("z"), Direction.FORWARD);
    Thread closing = Thread.ofPlatform().start(opened::close);
    while (!isClosing(opened)) {
      Thread.onSpinWait();
    }
    assertFalse(closing.join(java.time.Duration.ofMillis(50)));
    assertArrayEquals(bytes("value"), cursor.value());
    cursor.close();
    cursor.close();
    assertTrue(closing.join(java.time.Duration.ofSeconds(10)));
    assertThrows(InvariantBrokenException.class, cursor::isValid);
  }

  private static boolean isClosing(OpenedStore opened) {
    try {
      opened.get("key");
      return false;
    } catch (StoreClosedException e) {
      return true;
    }
  }

  @Test
  void readersDuringCloseGetAnAnswerOrTheRefusal() throws InterruptedException {
    for (int round = 0; round < 10; round++) {
      OpenedStore opened = new OpenedStore(directory.resolve("round" + round), Durability.ASYNC);
      for (int item = 0; item < 100; item++) {
        opened.put("key" + item, "value" + item);
      }
      CountDownLatch reading = new CountDownLatch(4);
      AtomicReference<Throwable> failure = new AtomicReference<>();
      List<Thread> readers = new ArrayList<>();
      for (int reader = 0; reader < 4; reader++) {
        readers.add(Thread.ofPlatform().start(() -> readUntilClosed(opened, reading, failure)));
      }
      assertTrue(reading.await(10, TimeUnit.SECONDS));
      opened.close();
      for (Thread reader : readers) {
        assertTrue(reader.join(java.time.Duration.ofSeconds(10)));
      }
      assertEquals(null, failure.get());
    }
  }

  private static void readUntilClosed(
      OpenedStore opened, CountDownLatch reading, AtomicReference<Throwable> failure) {
    try {
      for (int read = 0; ; read++) {
        assertEquals("value" + read % 100, opened.get("key" + read % 100));
        try (Cursor cursor =
            opened.store.cursor(ColumnFamily.ITEMS, bytes("k"), bytes("l"), Direction.BACKWARD)) {
          assertArrayEquals(bytes("key99"), cursor.key());
        }
        reading.countDown();
      }
    } catch (StoreClosedException expected) {
      reading.countDown();
    } catch (Throwable unexpected) {
      failure.set(unexpected);
      reading.countDown();
    }
  }

  @Test
  void aForgottenCursorIsReportedNotCrashedInto() {
    Leases leases = new Leases("store");
    int lease = leases.enter();
    StorageException refusal =
        assertThrows(StorageException.class, () -> leases.drain(Clock.SYSTEM, 1_000_000));
    assertEquals(
        "store store was not closed: 1 readers or cursors are still inside", refusal.getMessage());
    leases.exit(lease);
    leases.drain(Clock.SYSTEM, 0);
  }
}
