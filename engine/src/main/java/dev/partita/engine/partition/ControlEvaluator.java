package dev.partita.engine.partition;

import dev.partita.base.HybridLogicalClock;
import dev.partita.engine.change.ChangeLogState;
import dev.partita.engine.change.StreamShard;
import dev.partita.engine.partition.GroupCommand.AdvanceChangeLog;
import dev.partita.engine.partition.GroupCommand.ControlCommand;
import dev.partita.engine.partition.GroupCommand.InstallPartition;
import dev.partita.engine.partition.GroupCommand.RemovePartition;
import dev.partita.engine.partition.GroupCommand.RollShard;
import dev.partita.engine.partition.GroupCommand.SweepTransactions;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.KeyValueStore;
import dev.partita.storage.format.KeyRange;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Evaluates commands on partitions as a whole. */
final class ControlEvaluator {
  private final GroupState state;
  private final HybridLogicalClock clock;
  private final TransactionSweep transactionSweep;

  ControlEvaluator(KeyValueStore store, GroupState state, HybridLogicalClock clock) {
    this.state = state;
    this.clock = clock;
    this.transactionSweep = new TransactionSweep(store, state, clock);
  }

  Outcome evaluate(ControlCommand command, Batch batch) {
    return switch (command) {
      case InstallPartition install -> install(install.descriptor(), batch);
      case RemovePartition remove -> remove(remove.partition(), batch);
      case AdvanceChangeLog advance -> advance(advance, batch);
      case RollShard roll -> roll(roll.partition(), batch);
      case SweepTransactions sweep -> transactionSweep.evaluate(sweep.countMax(), batch);
    };
  }

  private Outcome install(PartitionDescriptor descriptor, Batch batch) {
    PartitionId id = descriptor.id();
    PartitionState present = state.find(id);
    batch.writeSet.put(ColumnFamily.META, GroupKeys.descriptor(id), descriptor.encode());
    CountersDraft counters =
        new CountersDraft(present == null ? PartitionCounters.ZERO : present.counters);
    ChangeLogState changeLog = changeLogAfter(present, descriptor, counters);
    if (present == null || !changeLog.equals(present.changeLog)) {
      batch.writeSet.put(ColumnFamily.META, GroupKeys.changeLog(id), changeLog.encode());
    }
    PartitionCounters counted = counters.counters();
    batch.writeSet.put(ColumnFamily.META, GroupKeys.counters(id), counted.encode());
    if (present != null && !hasSameExpiry(present.descriptor, descriptor)) {
      batch.writeSet.deleteRange(
          ColumnFamily.EXPIRY, GroupKeys.ofPartition(id), GroupKeys.afterPartition(id));
    }
    batch.whenApplied(() -> {
      PartitionState installed = state.install(descriptor, changeLog);
      installed.counters = counted;
    });
    return new Outcome.Applied(null, null);
  }

  private static boolean hasSameExpiry(PartitionDescriptor present, PartitionDescriptor next) {
    return Objects.equals(
        present.schema().timeToLiveAttribute(), next.schema().timeToLiveAttribute());
  }

  /** Ends the shard of a stream that is over, begins one of a new stream, starts to index. */
  private ChangeLogState changeLogAfter(
      @Nullable PartitionState present, PartitionDescriptor next, CountersDraft counters) {
    ChangeLogState changeLog = present == null ? ChangeLogState.EMPTY : present.changeLog;
    long streamBefore = present == null ? 0 : present.descriptor.schema().changes().streamId();
    long streamAfter = next.schema().changes().streamId();
    long now = wallMillis();
    if (streamBefore != 0 && streamBefore != streamAfter) {
      changeLog = closeShard(changeLog, streamBefore, counters, now);
    }
    if (streamAfter != 0 && changeLog.openShard(streamAfter) == null) {
      changeLog = changeLog.openShard(streamAfter, counters.lastSequence() + 1, now);
    }
    boolean indexedBefore =
        present != null && present.descriptor.schema().changes().globalIndexes();
    if (next.schema().changes().globalIndexes() && !indexedBefore) {
      // Nothing that is recorded already is meant for the indexes.
      changeLog = changeLog.advance(0, counters.lastSequence(), 0);
    }
    return changeLog;
  }

  /** A shard has at least one sequence, so that its first and last are in order. */
  private static ChangeLogState closeShard(
      ChangeLogState changeLog, long streamId, CountersDraft counters, long now) {
    StreamShard open = changeLog.openShard(streamId);
    if (open == null) {
      return changeLog;
    }
    counters.raiseSequence(open.firstSequence());
    return changeLog.closeShard(streamId, counters.lastSequence(), now);
  }

  private long wallMillis() {
    return HybridLogicalClock.wallMillis(clock.next());
  }

  private Outcome remove(PartitionId id, Batch batch) {
    PartitionState present = state.find(id);
    if (present != null) {
      KeyRange range = present.descriptor.range();
      byte[] start = range.start().array();
      byte[] end = range.end().array();
      batch.writeSet.deleteRange(ColumnFamily.ITEMS, start, end);
      batch.writeSet.deleteRange(ColumnFamily.LOCAL_INDEX_ROWS, start, end);
      batch.writeSet.deleteRange(
          ColumnFamily.META, GroupKeys.collectionBytes(start), GroupKeys.collectionBytes(end));
      byte[] first = GroupKeys.ofPartition(id);
      byte[] after = GroupKeys.afterPartition(id);
      batch.writeSet.deleteRange(ColumnFamily.CHANGES, first, after);
      batch.writeSet.deleteRange(ColumnFamily.EXPIRY, first, after);
      byte[] marks = GroupKeys.indexMarks(id);
      batch.writeSet.deleteRange(ColumnFamily.META, marks, KeyRange.prefixEnd(marks));
      batch.writeSet.delete(ColumnFamily.META, GroupKeys.descriptor(id));
      batch.writeSet.delete(ColumnFamily.META, GroupKeys.counters(id));
      batch.writeSet.delete(ColumnFamily.META, GroupKeys.changeLog(id));
      batch.whenApplied(() -> state.remove(id));
    }
    return new Outcome.Applied(null, null);
  }

  private Outcome advance(AdvanceChangeLog advance, Batch batch) {
    PartitionState partition = state.find(advance.partition());
    if (partition == null) {
      return new Outcome.WrongPartition();
    }
    ChangeLogState before = partition.changeLog;
    long last = partition.counters.lastSequence();
    ChangeLogState after =
        before.advance(
            Math.min(advance.trimThrough(), last),
            Math.min(advance.indexedThrough(), last),
            advance.shardsForgottenBefore());
    if (after.trimmedThrough() > before.trimmedThrough()) {
      batch.writeSet.deleteRange(
          ColumnFamily.CHANGES,
          GroupKeys.change(advance.partition(), before.trimmedThrough()),
          GroupKeys.change(advance.partition(), after.trimmedThrough() + 1));
    }
    if (!after.equals(before)) {
      changeLog(partition, after, batch);
    }
    return new Outcome.Applied(null, null);
  }

  private Outcome roll(PartitionId id, Batch batch) {
    PartitionState partition = state.find(id);
    if (partition == null) {
      return new Outcome.WrongPartition();
    }
    long stream = partition.descriptor.schema().changes().streamId();
    if (stream != 0) {
      long now = wallMillis();
      CountersDraft counters = batch.counters(partition);
      ChangeLogState closed = closeShard(partition.changeLog, stream, counters, now);
      changeLog(partition, closed.openShard(stream, counters.lastSequence() + 1, now), batch);
    }
    return new Outcome.Applied(null, null);
  }

  private static void changeLog(PartitionState partition, ChangeLogState after, Batch batch) {
    batch.writeSet.put(
        ColumnFamily.META, GroupKeys.changeLog(partition.descriptor.id()), after.encode());
    batch.whenApplied(() -> partition.changeLog = after);
  }
}
