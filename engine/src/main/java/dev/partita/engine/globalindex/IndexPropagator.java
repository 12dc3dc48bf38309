package dev.partita.engine.globalindex;

import dev.partita.base.HybridLogicalClock;
import dev.partita.engine.change.ChangeRecord;
import dev.partita.engine.index.RowChange;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.IndexRowWrite;
import dev.partita.engine.partition.LoggedChange;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.model.Item;
import dev.partita.model.api.IndexStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Carries the changes of one partition into the global indexes of its table, a chunk at a time: the
 * next chunk is read when every index partition has taken the one before.
 */
final class IndexPropagator {
  private static final int CHUNK_RECORDS_MAX = 512;
  private static final long CHUNK_BYTES_MAX = 1 << 20;
  private static final long RETRY_MILLIS = 20;
  private static final int ROW_OVERHEAD_BYTES = 64;

  private final IndexPropagation propagation;
  private final int tableId;
  private final PartitionPlacement source;

  /** Whether a step runs, will run or waits for index partitions. */
  private final AtomicBoolean busy = new AtomicBoolean();

  /** Whether there may be records that no step has seen. */
  private volatile boolean woken;

  IndexPropagator(IndexPropagation propagation, int tableId, PartitionPlacement source) {
    this.propagation = propagation;
    this.tableId = tableId;
    this.source = source;
  }

  PartitionId partition() {
    return source.partition();
  }

  /** Looks for new records soon. Any thread. */
  void wake() {
    woken = true;
    if (busy.compareAndSet(false, true)) {
      propagation.execute(this::step);
    }
  }

  private void rest() {
    busy.set(false);
    if (woken && busy.compareAndSet(false, true)) {
      propagation.execute(this::step);
    }
  }

  private void stepLater(long delayMillis) {
    propagation.schedule(this::step, delayMillis);
  }

  private void step() {
    woken = false;
    TableDescriptor table = propagation.table(tableId);
    ReplicationGroup group = propagation.group(source.group());
    PartitionDescriptor descriptor = group.descriptor(source.partition());
    if (table == null || descriptor == null) {
      propagation.forget(this); // The table is gone.
      return;
    }
    long delayMillis = propagation.delayMillis(table.name());
    if (delayMillis == PropagationDelay.HELD) {
      stepLater(RETRY_MILLIS);
      return;
    }
    // Sequences without a record, of writes that changed nothing, count as carried too.
    long lastSequence = group.lastSequence(source.partition());
    List<LoggedChange> changes =
        group.changes(
            source.partition(),
            group.indexedThrough(source.partition()) + 1,
            CHUNK_RECORDS_MAX,
            CHUNK_BYTES_MAX);
    List<LoggedChange> due = delayMillis == 0 ? changes : due(changes, delayMillis);
    if (due.isEmpty()) {
      if (changes.isEmpty()) {
        group.indexed(source.partition(), lastSequence, 0);
        rest();
      } else {
        stepLater(RETRY_MILLIS);
      }
      return;
    }
    new Chunk(table, group, descriptor.epoch(), due).send();
  }

  private List<LoggedChange> due(List<LoggedChange> changes, long delayMillis) {
    long before = propagation.wallMillis() - delayMillis;
    int count = 0;
    while (count < changes.size()
        && HybridLogicalClock.wallMillis(changes.get(count).record().writeTime()) <= before) {
      count++;
    }
    return changes.subList(0, count);
  }

  /** Some changes on their way to the index partitions. */
  private final class Chunk {
    private final ReplicationGroup group;
    private final long epoch;
    private final List<LoggedChange> changes;
    private final Map<PartitionPlacement, Rows> rows = new LinkedHashMap<>();
    private final AtomicInteger missing = new AtomicInteger();
    private volatile boolean failed;

    private static final class Rows {
      final int tableId;
      final List<IndexRowWrite> writes = new ArrayList<>();
      int bytes;

      Rows(int tableId) {
        this.tableId = tableId;
      }
    }

    Chunk(TableDescriptor table, ReplicationGroup group, long epoch, List<LoggedChange> changes) {
      this.group = group;
      this.epoch = epoch;
      this.changes = changes;
      for (GlobalIndexDescriptor index : table.derived().globalIndexes()) {
        if (index.status() != IndexStatus.DELETING) {
          for (LoggedChange change : changes) {
            addRows(table, index, change);
          }
        }
      }
    }

    private void addRows(TableDescriptor table, GlobalIndexDescriptor index, LoggedChange change) {
      ChangeRecord record = change.record();
      RowChange row =
          RowChange.global(
              index.definition(),
              table.keySchema(),
              record.itemKey(),
              record.oldImage(),
              record.newImage());
      if (row.isNothing()) {
        return;
      }
      byte[] oldKey = row.oldKey();
      byte[] newKey = row.newKey();
      if (oldKey != null && !row.keepsKey()) {
        addRow(index, change.sequence(), oldKey, null);
      }
      if (newKey != null) {
        addRow(index, change.sequence(), newKey, row.newRow());
      }
    }

    private void addRow(
        GlobalIndexDescriptor index, long sequence, byte[] key, @Nullable Item row) {
      Rows target =
          rows.computeIfAbsent(
              index.partitionMap().placement(key), _ -> new Rows(index.definition().number()));
      target.writes.add(new IndexRowWrite(sequence, key, row));
      target.bytes += key.length + ROW_OVERHEAD_BYTES + (row == null ? 0 : row.retainedBytes());
    }

    void send() {
      if (rows.isEmpty()) {
        finish();
        return;
      }
      missing.set(rows.size());
      long through = changes.getLast().sequence();
      rows.forEach((placement, target) ->
          propagation
              .group(placement.group())
              .submit(
                  new GroupCommand.ApplyIndexRows(
                      placement.partition(),
                      target.tableId,
                      source.partition(),
                      epoch,
                      target.writes,
                      through,
                      target.bytes,
                      this::answered)));
    }

    private void answered(Outcome outcome) {
      if (!(outcome instanceof Outcome.Applied)) {
        failed = true;
      }
      if (missing.decrementAndGet() == 0) {
        if (failed) {
          // Sent again as a whole: what was taken is skipped.
          stepLater(RETRY_MILLIS);
        } else {
          finish();
        }
      }
    }

    private void finish() {
      long bytes = 0;
      for (LoggedChange change : changes) {
        bytes += change.recordBytes();
      }
      group.indexed(source.partition(), changes.getLast().sequence(), bytes);
      propagation.execute(IndexPropagator.this::step);
    }
  }
}
