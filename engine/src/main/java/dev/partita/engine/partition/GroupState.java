package dev.partita.engine.partition;

import dev.partita.base.Invariant;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Cursor;
import dev.partita.storage.Direction;
import dev.partita.storage.KeyValueStore;
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

  /** A partition and its counts as of the last applied entry. */
  static final class PartitionState {
    final PartitionDescriptor descriptor;
    volatile PartitionCounters counters;

    PartitionState(PartitionDescriptor descriptor, PartitionCounters counters) {
      this.descriptor = descriptor;
      this.counters = counters;
    }
  }

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
        state.install(
            descriptor,
            counters == null ? PartitionCounters.ZERO : PartitionCounters.decode(counters));
      }
    }
    return state;
  }

  @Nullable PartitionState find(PartitionId id) {
    return partitions.get(id);
  }

  List<PartitionDescriptor> descriptors() {
    return partitions.values().stream().map(state -> state.descriptor).toList();
  }

  void install(PartitionDescriptor descriptor, PartitionCounters counters) {
    partitions.put(descriptor.id(), new PartitionState(descriptor, counters));
  }

  void remove(PartitionId id) {
    partitions.remove(id);
  }

  void count(PartitionId id, PartitionCounters counters) {
    PartitionState state = partitions.get(id);
    Invariant.check(state != null, "counted a partition that is not here", "id", id.value());
    if (state != null) {
      state.counters = counters;
    }
  }
}
