package dev.partita.engine.partition;

import dev.partita.engine.change.ChangeLogState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A partition as of the last applied entry. The writer changes it, anybody may read. */
final class PartitionState {
  final PartitionDescriptor descriptor;
  volatile PartitionCounters counters;
  volatile ChangeLogState changeLog;

  /**
   * The last sequence that the global indexes hold. Runs ahead of what the change log's state says,
   * which is stored now and then only.
   */
  volatile long indexedThrough;

  /**
   * Grows before items are deleted. So whoever finds an item missing twice, and this unchanged from
   * before the first look to after the second, knows that it was missing all the while.
   */
  final AtomicLong deletions = new AtomicLong();

  /** Bytes of the change records written since the start that the indexes have not taken. */
  final AtomicLong indexBacklogBytes = new AtomicLong();

  /** Of a partition of a global index: what it has taken, by source. */
  final Map<PartitionId, IndexMark> indexMarks = new ConcurrentHashMap<>();

  PartitionState(
      PartitionDescriptor descriptor, PartitionCounters counters, ChangeLogState changeLog) {
    this.descriptor = descriptor;
    this.counters = counters;
    this.changeLog = changeLog;
    this.indexedThrough = changeLog.indexedThrough();
  }

  /** Whether more changes wait for the global indexes than may. */
  boolean isIndexBacklogFull(GroupLimits limits) {
    return descriptor.schema().changes().globalIndexes()
        && (counters.lastSequence() - indexedThrough > limits.indexBacklogMax()
            || indexBacklogBytes.get() > limits.indexBacklogBytesMax());
  }
}
