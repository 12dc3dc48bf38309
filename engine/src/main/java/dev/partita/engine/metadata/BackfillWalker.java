package dev.partita.engine.metadata;

import dev.partita.base.Bytes;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.ItemCursor;
import dev.partita.engine.partition.LoggedChange;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.StoredItem;
import dev.partita.storage.Direction;
import dev.partita.storage.format.KeyRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes a backfill through one partition: reads keys a chunk at a time and has the group refresh
 * the items. At most a few chunks are on their way, so that writes of clients do not wait long
 * behind them, and few of its records wait for the indexes, so that writes are not throttled for
 * their sake.
 */
final class BackfillWalker {
  private static final int CHUNK_ITEMS_MAX = 128;
  private static final long CHUNK_BYTES_MAX = 256 << 10;
  private static final int CHUNKS_SENT_MAX = 2;
  private static final int UNINDEXED_ITEMS_MAX = 4_096;
  private static final long UNINDEXED_BYTES_MAX = 16 << 20;
  private static final int KEY_OVERHEAD_BYTES = 32;
  private static final long INDEX_POLL_MILLIS_MIN = 5;
  private static final long INDEX_POLL_MILLIS_MAX = 160;
  private static final long RETRY_MILLIS = 50;

  private final Backfill backfill;
  private final ReplicationGroup group;
  private final PartitionId partition;
  private final int tableId;
  private final long schemaVersion;
  private final byte[] end;

  /** Whether a step runs, will run, or waits for an outcome to be woken by. */
  private final AtomicBoolean busy = new AtomicBoolean();

  /** Whether something has happened that no step has seen. */
  private volatile boolean woken;

  private volatile BackfillPosition position;

  // The rest belongs to the steps, of which one runs at a time.
  private byte[] nextKey;
  private boolean allRead;
  private boolean toldWalked;
  private long pollMillis = INDEX_POLL_MILLIS_MIN;
  private final ArrayDeque<Chunk> sent = new ArrayDeque<>();
  private final ArrayDeque<Chunk> unindexed = new ArrayDeque<>();
  private int itemsOnTheirWay;
  private long bytesOnTheirWay;

  /** Some items in a row, with what became of them. */
  private static final class Chunk {
    final List<byte[]> keys = new ArrayList<>();
    long itemBytes;
    volatile boolean applied;
    volatile boolean mustSendAgain;

    /** Records of its items have sequences up to this. */
    volatile long throughSequence;
  }

  BackfillWalker(
      Backfill backfill,
      ReplicationGroup group,
      TableDescriptor table,
      int partitionIndex,
      BackfillPosition position) {
    this.backfill = backfill;
    this.group = group;
    this.partition = position.partition();
    this.tableId = table.tableId();
    this.schemaVersion = table.schemaVersion();
    KeyRange range = table.range(partitionIndex);
    Bytes lastKey = position.lastKey();
    this.nextKey = lastKey == null ? range.start().array() : KeyRange.after(lastKey.array());
    this.end = range.end().array();
    this.position = position;
  }

  BackfillPosition position() {
    return position;
  }

  /** Goes on soon. Any thread. */
  void wake() {
    woken = true;
    if (busy.compareAndSet(false, true)) {
      backfill.execute(this::step);
    }
  }

  private void rest() {
    busy.set(false);
    if (woken && busy.compareAndSet(false, true)) {
      backfill.execute(this::step);
    }
  }

  private void step() {
    woken = false;
    if (backfill.isCancelled()) {
      return;
    }
    if (group.descriptor(partition) == null) {
      backfill.cancel(); // The table is gone.
      return;
    }
    takeOutcomes();
    while (!allRead && hasRoom()) {
      readAndSend();
    }
    if (!sent.isEmpty()) {
      rest();
      return;
    }
    if (allRead && !toldWalked) {
      toldWalked = true;
      backfill.walked(group.id());
    }
    if (!unindexed.isEmpty()) {
      backfill.schedule(this::step, pollMillis);
      pollMillis = Math.min(2 * pollMillis, INDEX_POLL_MILLIS_MAX);
    } else {
      position =
          new BackfillPosition(
              backfill.purpose(), partition, position.lastKey(), position.itemsDone(), true);
      backfill.finished();
    }
  }

  private void takeOutcomes() {
    for (Chunk chunk : sent) {
      if (chunk.mustSendAgain) {
        send(chunk);
      }
    }
    for (Chunk first = sent.peek(); first != null && first.applied; first = sent.peek()) {
      sent.remove();
      unindexed.add(first);
      List<byte[]> keys = first.keys;
      position =
          new BackfillPosition(
              backfill.purpose(),
              partition,
              Bytes.wrap(keys.getLast()),
              position.itemsDone() + keys.size(),
              false);
      backfill.advanced(keys.size());
    }
    if (!unindexed.isEmpty() && (allRead || !hasRoom() || !backfill.fillsIndex())) {
      long indexed = indexedThrough();
      for (Chunk first = unindexed.peek();
          first != null && first.throughSequence <= indexed;
          first = unindexed.peek()) {
        unindexed.remove();
        pollMillis = INDEX_POLL_MILLIS_MIN;
        itemsOnTheirWay -= first.keys.size();
        bytesOnTheirWay -= first.itemBytes;
      }
    }
  }

  /** No change up to this sequence waits for the indexes. */
  private long indexedThrough() {
    if (!backfill.fillsIndex()) {
      return Long.MAX_VALUE;
    }
    // Not every sequence has a record: only the next record tells how far the indexes are.
    List<LoggedChange> next = group.changes(partition, group.indexedThrough(partition) + 1, 1, 1);
    return next.isEmpty() ? Long.MAX_VALUE : next.getFirst().sequence() - 1;
  }

  private boolean hasRoom() {
    return sent.size() < CHUNKS_SENT_MAX
        && itemsOnTheirWay < UNINDEXED_ITEMS_MAX
        && bytesOnTheirWay < UNINDEXED_BYTES_MAX;
  }

  private void readAndSend() {
    Chunk chunk = new Chunk();
    try (ItemCursor cursor = group.items().cursor(KeyRange.of(nextKey, end), Direction.FORWARD)) {
      while (chunk.keys.size() < CHUNK_ITEMS_MAX && chunk.itemBytes < CHUNK_BYTES_MAX) {
        StoredItem item = cursor.next();
        if (item == null) {
          break;
        }
        chunk.keys.add(cursor.key());
        chunk.itemBytes += item.size();
      }
    }
    if (chunk.keys.isEmpty()) {
      allRead = true;
      return;
    }
    nextKey = KeyRange.after(chunk.keys.getLast());
    itemsOnTheirWay += chunk.keys.size();
    bytesOnTheirWay += chunk.itemBytes;
    sent.add(chunk);
    send(chunk);
  }

  private void send(Chunk chunk) {
    chunk.mustSendAgain = false;
    int queuedBytes = 0;
    for (byte[] key : chunk.keys) {
      queuedBytes += key.length + KEY_OVERHEAD_BYTES;
    }
    group.submit(
        new GroupCommand.RefreshItems(
            partition,
            tableId,
            schemaVersion,
            chunk.keys,
            queuedBytes,
            outcome -> answered(chunk, outcome)));
  }

  /** Runs on the group's writer. */
  private void answered(Chunk chunk, Outcome outcome) {
    if (outcome instanceof Outcome.Applied) {
      PartitionCounters counters = group.counters(partition);
      chunk.throughSequence = counters == null ? 0 : counters.lastSequence();
      chunk.applied = true;
      wake();
    } else {
      chunk.mustSendAgain = true;
      backfill.schedule(this::wake, RETRY_MILLIS);
    }
  }
}
