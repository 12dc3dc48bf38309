package dev.partita.replication;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.InvariantBrokenException;
import dev.partita.replication.AppendOutcome.Applied;
import dev.partita.replication.AppendOutcome.NotAppended;
import dev.partita.replication.AppendOutcome.Reason;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Cursor;
import dev.partita.storage.Direction;
import dev.partita.storage.KeyValueStore;
import dev.partita.storage.WriteSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link ReplicationLog} must hold. An implementation's test extends this. */
public abstract class ReplicationLogContract {

  /** The log under test, open; the same one until {@link #restart}. */
  protected abstract ReplicationLog log();

  /** The store that the log applies to. */
  protected abstract KeyValueStore store();

  /** Closes log and store and opens them again. */
  protected abstract void restart();

  /** Sets how much free space the log's disk has; at first there is enough. */
  protected abstract void setFreeBytes(long bytes);

  /** Appends and waits for the outcome. */
  protected final AppendOutcome append(LogEntry entry) {
    CompletableFuture<AppendOutcome> outcome = new CompletableFuture<>();
    log().append(entry, outcome::complete);
    try {
      return outcome.get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no outcome", e);
    }
  }

  /** The entry that follows the log's position, changing nothing yet. */
  protected final LogEntry next() {
    LogPosition last = log().position();
    return new LogEntry(
        last.groupEpoch(),
        last.batchNumber() + 1,
        new BatchId(last.batchNumber() * 31 + 7, last.batchNumber() + 1),
        last.hybridTime() + 10,
        new WriteSet());
  }

  protected static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int index = 0; index < values.length; index++) {
      bytes[index] = (byte) values[index];
    }
    return bytes;
  }

  @Test
  void anEmptyLogStandsAtTheStart() {
    assertEquals(LogPosition.START, log().position());
    restart();
    assertEquals(LogPosition.START, log().position());
  }

  @Test
  void anAppliedEntryIsVisibleAndSurvivesARestart() {
    LogEntry entry = next();
    entry.writeSet().put(ColumnFamily.ITEMS, bytes(1), bytes(10));
    entry.writeSet().put(ColumnFamily.META, bytes(1), bytes(20));
    AtomicInteger calls = new AtomicInteger();
    CompletableFuture<byte[]> seen = new CompletableFuture<>();
    log()
        .append(
            entry,
            outcome -> {
              calls.incrementAndGet();
              assertEquals(new Applied(entry.position()), outcome);
              assertEquals(entry.position(), log().position());
              seen.complete(store().get(ColumnFamily.ITEMS, bytes(1)));
            });
    assertArrayEquals(bytes(10), assertDoesNotThrowGet(seen));
    assertEquals(1, calls.get());
    restart();
    assertEquals(entry.position(), log().position());
    assertArrayEquals(bytes(10), store().get(ColumnFamily.ITEMS, bytes(1)));
    assertArrayEquals(bytes(20), store().get(ColumnFamily.META, bytes(1)));
  }

  private static byte[] assertDoesNotThrowGet(CompletableFuture<byte[]> future) {
    try {
      return future.get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no callback", e);
    }
  }

  @Test
  void anEntryWithoutChangesMovesThePosition() {
    LogEntry entry = next();
    assertInstanceOf(Applied.class, append(entry));
    restart();
    assertEquals(entry.position(), log().position());
  }

  @Test
  void onlyTheNextEntryIsAccepted() {
    append(next());
    append(next());
    LogPosition last = log().position();
    LogEntry right = next();
    WriteSet changes = new WriteSet();
    changes.put(ColumnFamily.ITEMS, bytes(1), bytes(1));
    List<LogEntry> wrong =
        List.of(
            new LogEntry(right.groupEpoch(), 0, right.batchId(), right.hybridTime(), changes),
            new LogEntry(right.groupEpoch(), 2, right.batchId(), right.hybridTime(), changes),
            new LogEntry(right.groupEpoch(), 4, right.batchId(), right.hybridTime(), changes),
            new LogEntry(-1, 3, right.batchId(), right.hybridTime(), changes),
            new LogEntry(right.groupEpoch(), 3, right.batchId(), last.hybridTime(), changes));
    for (LogEntry entry : wrong) {
      assertThrows(
          InvariantBrokenException.class,
          () ->
              log()
                  .append(
                      entry,
                      outcome -> {
                        throw new AssertionError("called back with " + outcome);
                      }));
      assertEquals(last, log().position());
      assertNull(store().get(ColumnFamily.ITEMS, bytes(1)));
    }
    assertInstanceOf(Applied.class, append(right));
  }

  @Test
  void entriesHaveALargestSize() {
    LogEntry fits = next();
    fits.writeSet().put(ColumnFamily.ITEMS, bytes(1), new byte[log().entryBytesMax() - 100]);
    assertTrue(fits.writeSet().byteSize() <= log().entryBytesMax());
    assertInstanceOf(Applied.class, append(fits));
    LogEntry tooLarge = next();
    tooLarge.writeSet().put(ColumnFamily.ITEMS, bytes(2), new byte[log().entryBytesMax()]);
    assertThrows(InvariantBrokenException.class, () -> log().append(tooLarge, outcome -> {}));
    assertNull(store().get(ColumnFamily.ITEMS, bytes(2)));
    assertInstanceOf(Applied.class, append(next()));
  }

  @Test
  void theCallbackMayAppendTheNext() {
    CompletableFuture<byte[]> done = new CompletableFuture<>();
    log()
        .append(
            next(),
            first ->
                log().append(next(), second -> done.complete(bytes(first.equals(second) ? 1 : 2))));
    assertArrayEquals(bytes(2), assertDoesNotThrowGet(done));
    assertEquals(2, log().position().batchNumber());
  }

  @Test
  void aClosedLogAppendsNothing() {
    append(next());
    LogPosition last = log().position();
    LogEntry entry = next();
    entry.writeSet().put(ColumnFamily.ITEMS, bytes(1), bytes(1));
    log().close();
    log().close();
    assertEquals(new NotAppended(Reason.CLOSED), append(entry));
    assertEquals(last, log().position());
    assertNull(store().get(ColumnFamily.ITEMS, bytes(1)));
  }

  @Test
  void aFullDiskRefusesWritesUntilSpaceReturnsWhileReadsGoOn() {
    LogEntry before = next();
    before.writeSet().put(ColumnFamily.ITEMS, bytes(1), bytes(1));
    assertInstanceOf(Applied.class, append(before));
    setFreeBytes(1000);
    LogEntry refused = next();
    refused.writeSet().put(ColumnFamily.ITEMS, bytes(1), bytes(2));
    for (int attempt = 0; attempt < 3; attempt++) {
      assertEquals(new NotAppended(Reason.DISK_FULL), append(refused));
      assertEquals(before.position(), log().position());
      assertArrayEquals(bytes(1), store().get(ColumnFamily.ITEMS, bytes(1)));
    }
    setFreeBytes(1L << 40);
    assertInstanceOf(Applied.class, append(refused));
    assertArrayEquals(bytes(2), store().get(ColumnFamily.ITEMS, bytes(1)));
  }

  @Test
  void entriesAreAppliedInOrderOverRestarts() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    for (int batch = 0; batch < 200; batch++) {
      LogEntry entry = next();
      for (int operation = random.nextInt(6); operation > 0; operation--) {
        change(random, entry.writeSet(), model);
      }
      assertInstanceOf(Applied.class, append(entry), "seed " + seed);
      assertEquals(entry.position(), log().position(), "seed " + seed);
      if (random.nextInt(30) == 0) {
        restart();
        assertEquals(entry.position(), log().position(), "seed " + seed);
      }
      if (random.nextInt(5) == 0) {
        assertEquals(text(model), contents(), "seed " + seed + " batch " + batch);
      }
    }
  }

  private static void change(Random random, WriteSet writeSet, NavigableMap<byte[], byte[]> model) {
    byte[] key = bytes(1 + random.nextInt(20));
    switch (random.nextInt(4)) {
      case 0 -> {
        writeSet.delete(ColumnFamily.ITEMS, key);
        model.remove(key);
      }
      case 1 -> {
        byte[] end = bytes(key[0] + 1 + random.nextInt(3));
        writeSet.deleteRange(ColumnFamily.ITEMS, key, end);
        model.subMap(key, end).clear();
      }
      default -> {
        byte[] value = bytes(random.nextInt(256), random.nextInt(256));
        writeSet.put(ColumnFamily.ITEMS, key, value);
        model.put(key, value);
      }
    }
  }

  private List<String> contents() {
    List<String> contents = new ArrayList<>();
    try (Cursor cursor = store().cursor(ColumnFamily.ITEMS, bytes(), bytes(), Direction.FORWARD)) {
      for (; cursor.isValid(); cursor.next()) {
        contents.add(Arrays.toString(cursor.key()) + Arrays.toString(cursor.value()));
      }
    }
    return contents;
  }

  private static List<String> text(NavigableMap<byte[], byte[]> model) {
    List<String> text = new ArrayList<>();
    model.forEach((key, value) -> text.add(Arrays.toString(key) + Arrays.toString(value)));
    return text;
  }
}
