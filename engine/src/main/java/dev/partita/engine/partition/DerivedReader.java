package dev.partita.engine.partition;

import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Direction;
import dev.partita.storage.StoreReader;
import dev.partita.storage.format.KeyRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a group keeps besides items, for those who compare it with them: rows of local
 * indexes, marks of expiry, counts. May read the disk. Thread-safe.
 */
public final class DerivedReader {
  private final StoreReader store;

  DerivedReader(StoreReader store) {
    this.store = store;
  }

  /** The descriptor of a partition; null if it is not here. */
  public @Nullable PartitionDescriptor descriptor(PartitionId partition) {
    byte[] stored = store.get(ColumnFamily.META, GroupKeys.descriptor(partition));
    return stored == null ? null : PartitionDescriptor.decode(stored);
  }

  /** The counts of a partition; zero if none are stored. */
  public PartitionCounters counters(PartitionId partition) {
    byte[] stored = store.get(ColumnFamily.META, GroupKeys.counters(partition));
    return stored == null ? PartitionCounters.ZERO : PartitionCounters.decode(stored);
  }

  /** The rows of local indexes under several keys, in their order. */
  public List<@Nullable StoredItem> localIndexRows(List<byte[]> keys) {
    return read(ColumnFamily.LOCAL_INDEX_ROWS, keys);
  }

  private List<@Nullable StoredItem> read(ColumnFamily family, List<byte[]> keys) {
    List<byte @Nullable []> values = store.multiGet(family, keys);
    List<@Nullable StoredItem> rows = new ArrayList<>(values.size());
    for (int index = 0; index < keys.size(); index++) {
      rows.add(StoredItem.read(keys.get(index), values.get(index)));
    }
    return rows;
  }

  /** Whether each of these is marked, in their order. */
  public List<Boolean> areMarked(PartitionId partition, List<ExpiringItem> items) {
    List<byte[]> keys =
        items.stream().map(item -> GroupKeys.expiry(partition, item.second(), item.key())).toList();
    List<Boolean> marked = new ArrayList<>(keys.size());
    for (byte @Nullable [] value : store.multiGet(ColumnFamily.EXPIRY, keys)) {
      marked.add(value != null);
    }
    return marked;
  }

  /** Walks the marks of a partition, the earliest expiry first; close it soon. */
  public ExpiryCursor expiryMarks(PartitionId partition) {
    return new ExpiryCursor(
        store.cursor(
            ColumnFamily.EXPIRY,
            GroupKeys.ofPartition(partition),
            GroupKeys.afterPartition(partition),
            Direction.FORWARD));
  }

  /** Walks the sizes of the item collections in a range, in key order; close it soon. */
  public CollectionCursor collections(KeyRange range) {
    return new CollectionCursor(
        store.cursor(
            ColumnFamily.META,
            GroupKeys.collectionBytes(range.start().array()),
            GroupKeys.collectionBytes(range.end().array()),
            Direction.FORWARD));
  }
}
