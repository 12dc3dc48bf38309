package dev.partita.engine.partition;

import dev.partita.engine.change.ChangeLogState;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Cursor;
import dev.partita.storage.Direction;
import dev.partita.storage.KeyValueStore;
import dev.partita.storage.format.KeyRange;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of a group as its log has left them. The writer alone changes it, after an entry
 * is applied; anybody may read.
 */
final class GroupState {
  private final Map<PartitionId, PartitionState> partitions = new ConcurrentHashMap<>();
  final TransactionState transactions = new TransactionState();

  /** Reads the state that is stored. */
  static GroupState load(KeyValueStore store) {
    GroupState state = new GroupState();
    try (Cursor cursor =
        store.cursor(
            ColumnFamily.META,
            GroupKeys.descriptorsStart(),
            GroupKeys.descriptorsEnd(),
            Direction.FORWARD)) {
      for (; cursor.isValid(); cursor.next()) {
        PartitionDescriptor descriptor = PartitionDescriptor.decode(cursor.value());
        byte[] counters = store.get(ColumnFamily.META, GroupKeys.counters(descriptor.id()));
        byte[] changeLog = store.get(ColumnFamily.META, GroupKeys.changeLog(descriptor.id()));
        PartitionState partition =
            new PartitionState(
                descriptor,
                counters == null ? PartitionCounters.ZERO : PartitionCounters.decode(counters),
                changeLog == null ? ChangeLogState.EMPTY : ChangeLogState.decode(changeLog));
        loadMarks(store, partition);
        state.partitions.put(descriptor.id(), partition);
      }
    }
    state.transactions.load(store);
    return state;
  }

  private static void loadMarks(KeyValueStore store, PartitionState partition) {
    byte[] prefix = GroupKeys.indexMarks(partition.descriptor.id());
    try (Cursor cursor =
        store.cursor(ColumnFamily.META, prefix, KeyRange.prefixEnd(prefix), Direction.FORWARD)) {
      for (; cursor.isValid(); cursor.next()) {
        partition.indexMarks.put(
            GroupKeys.markSource(cursor.key()), IndexMark.decode(cursor.value()));
      }
    }
  }

  @Nullable PartitionState find(PartitionId id) {
    return partitions.get(id);
  }

  List<PartitionDescriptor> descriptors() {
    return partitions.values().stream().map(state -> state.descriptor).toList();
  }

  /** Brings a partition in, or replaces its descriptor. */
  PartitionState install(PartitionDescriptor descriptor, ChangeLogState changeLog) {
    PartitionState present = partitions.get(descriptor.id());
    PartitionState installed =
        new PartitionState(
            descriptor, present == null ? PartitionCounters.ZERO : present.counters, changeLog);
    if (present != null) {
      installed.indexMarks.putAll(present.indexMarks);
      installed.deletions.set(present.deletions.get());
      installed.indexedThrough = Math.max(present.indexedThrough, changeLog.indexedThrough());
      if (present.descriptor.schema().changes().globalIndexes()) {
        // Otherwise nothing waits for the indexes: what waited for earlier ones is left behind.
        installed.indexBacklogBytes.set(present.indexBacklogBytes.get());
      }
    }
    partitions.put(descriptor.id(), installed);
    return installed;
  }

  void remove(PartitionId id) {
    partitions.remove(id);
  }
}
