package dev.partita.engine.partition;

import dev.partita.base.Clock;
import dev.partita.base.RandomSource;
import dev.partita.engine.partition.GroupState.PartitionState;
import dev.partita.replication.FatalErrorHandler;
import dev.partita.replication.ReplicationLog;
import dev.partita.storage.CachedRead;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Cursor;
import dev.partita.storage.Direction;
import dev.partita.storage.KeyValueStore;
import dev.partita.storage.format.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A replication group on this node: its partitions, their items and its writer. The store and the
 * log belong to whoever opened them.
 */
public final class ReplicationGroup {
  private final ReplicationGroupId id;
  private final KeyValueStore store;
  private final GroupState state;
  private final GroupWriter writer;

  /**
   * Loads the group from its store.
   *
   * @param executor runs the writer's steps, one after another, on one thread
   * @param queueBytesMax the most bytes of commands that may wait
   */
  public ReplicationGroup(
      ReplicationGroupId id,
      KeyValueStore store,
      ReplicationLog log,
      Clock clock,
      RandomSource random,
      Executor executor,
      FatalErrorHandler fatalErrorHandler,
      long queueBytesMax) {
    this.id = id;
    this.store = store;
    this.state = GroupState.load(store);
    this.writer =
        new GroupWriter(
            store, log, state, clock, random, executor, fatalErrorHandler, queueBytesMax);
  }

  /** The group's name. */
  public ReplicationGroupId id() {
    return id;
  }

  /** Hands a command to the writer; its callback gets the outcome. Never blocks. */
  public void submit(GroupCommand command) {
    writer.submit(command);
  }

  /** Whether nothing waits and nothing is being written. */
  public boolean isIdle() {
    return writer.isIdle();
  }

  /** The counts of a partition as of the last applied batch; null if it is not here. */
  public @Nullable PartitionCounters counters(PartitionId partition) {
    PartitionState found = state.find(partition);
    return found == null ? null : found.counters;
  }

  /** The partitions that are here, in no order. */
  public List<PartitionDescriptor> partitions() {
    return state.descriptors();
  }

  /** A read that never touches the disk. */
  public CachedItem readCached(byte[] key) {
    return switch (store.getCached(ColumnFamily.ITEMS, key)) {
      case CachedRead.Found found -> new CachedItem.Known(StoredItem.read(key, found.value()));
      case CachedRead.Absent _ -> CachedItem.ABSENT;
      case CachedRead.NotCached _ -> CachedItem.NOT_CACHED;
    };
  }

  /** The item under a storage key, null if there is none. May read the disk. */
  public @Nullable StoredItem read(byte[] key) {
    return StoredItem.read(key, store.get(ColumnFamily.ITEMS, key));
  }

  /** The items under several storage keys, in their order. May read the disk. */
  public List<@Nullable StoredItem> read(List<byte[]> keys) {
    List<byte @Nullable []> values = store.multiGet(ColumnFamily.ITEMS, keys);
    List<@Nullable StoredItem> items = new ArrayList<>(values.size());
    for (int index = 0; index < keys.size(); index++) {
      items.add(StoredItem.read(keys.get(index), values.get(index)));
    }
    return items;
  }

  /** Walks the items of a range as they are now; close it soon. May read the disk. */
  public ItemCursor cursor(KeyRange range, Direction direction) {
    Cursor cursor =
        store.cursor(ColumnFamily.ITEMS, range.start().array(), range.end().array(), direction);
    return new ItemCursor(cursor);
  }

  /** What a read without I/O found. */
  public sealed interface CachedItem {
    /** There is no such item. */
    CachedItem ABSENT = new Known(null);

    /** The only {@link NotCached}. */
    CachedItem NOT_CACHED = new NotCached();

    /** The item, or null if there is none. */
    record Known(@Nullable StoredItem item) implements CachedItem {}

    /** Answering needs the disk. */
    record NotCached() implements CachedItem {}
  }
}
