package dev.partita.engine.partition;

import dev.partita.base.Clock;
import dev.partita.base.HybridLogicalClock;
import dev.partita.base.RandomSource;
import dev.partita.engine.change.ChangeLogState;
import dev.partita.engine.change.ChangeRecord;
import dev.partita.replication.FatalErrorHandler;
import dev.partita.replication.ReplicationLog;
import dev.partita.storage.CachedRead;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Cursor;
import dev.partita.storage.Direction;
import dev.partita.storage.KeyValueStore;
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
  private final ItemReader items;

  /**
   * Loads the group from its store.
   *
   * @param executor runs the writer's steps, one after another, on one thread
   * @param changeListener is told when change logs have grown
   */
  public ReplicationGroup(
      ReplicationGroupId id,
      KeyValueStore store,
      ReplicationLog log,
      Clock clock,
      RandomSource random,
      Executor executor,
      FatalErrorHandler fatalErrorHandler,
      GroupLimits limits,
      ChangeListener changeListener) {
    this.id = id;
    this.store = store;
    this.items = new ItemReader(store);
    this.state = GroupState.load(store);
    this.writer =
        new GroupWriter(
            store, log, state, clock, random, executor, fatalErrorHandler, limits, changeListener);
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

  /** The descriptor of a partition; null if it is not here. */
  public @Nullable PartitionDescriptor descriptor(PartitionId partition) {
    PartitionState found = state.find(partition);
    return found == null ? null : found.descriptor;
  }

  /** The state of a partition's change log; null if it is not here. */
  public @Nullable ChangeLogState changeLog(PartitionId partition) {
    PartitionState found = state.find(partition);
    return found == null ? null : found.changeLog;
  }

  /** The last sequence that a partition has given out; 0 if it is not here. */
  public long lastSequence(PartitionId partition) {
    PartitionCounters counters = counters(partition);
    return counters == null ? 0 : counters.lastSequence();
  }

  /** The last sequence of a partition that its global indexes hold; 0 if it is not here. */
  public long indexedThrough(PartitionId partition) {
    PartitionState found = state.find(partition);
    return found == null ? 0 : found.indexedThrough;
  }

  /**
   * Notes that the global indexes hold the changes of a partition up to a sequence, which makes
   * room for more. Not stored: see {@link GroupCommand.AdvanceChangeLog}.
   */
  public void indexed(PartitionId partition, long throughSequence, long recordBytes) {
    PartitionState found = state.find(partition);
    if (found != null) {
      found.indexedThrough = Math.max(found.indexedThrough, throughSequence);
      found.indexBacklogBytes.updateAndGet(bytes -> Math.max(0, bytes - recordBytes));
    }
  }

  /**
   * Reads a partition's change log from a sequence on, until {@code recordsMax} records or {@code
   * bytesMax} bytes are read or the log ends. May read the disk.
   */
  public List<LoggedChange> changes(
      PartitionId partition, long firstSequence, int recordsMax, long bytesMax) {
    List<LoggedChange> changes = new ArrayList<>();
    long bytes = 0;
    try (Cursor cursor =
        store.cursor(
            ColumnFamily.CHANGES,
            GroupKeys.change(partition, firstSequence),
            GroupKeys.afterPartition(partition),
            Direction.FORWARD)) {
      while (cursor.isValid() && changes.size() < recordsMax && bytes < bytesMax) {
        byte[] key = cursor.key();
        byte[] value = cursor.value();
        bytes += value.length;
        changes.add(
            new LoggedChange(
                GroupKeys.changeSequence(key), ChangeRecord.decode(key, value), value.length));
        cursor.next();
      }
    }
    return changes;
  }

  /**
   * Keys of items of a partition that expire at or after {@code firstSecond} and not after {@code
   * lastSecond}, the earliest first. May read the disk.
   */
  public List<ExpiringItem> expiring(
      PartitionId partition, long firstSecond, long lastSecond, int itemsMax) {
    List<ExpiringItem> found = new ArrayList<>();
    try (Cursor cursor =
        store.cursor(
            ColumnFamily.EXPIRY,
            GroupKeys.expiry(partition, firstSecond),
            GroupKeys.expiry(partition, lastSecond + 1),
            Direction.FORWARD)) {
      for (; cursor.isValid() && found.size() < itemsMax; cursor.next()) {
        byte[] key = cursor.key();
        found.add(new ExpiringItem(GroupKeys.expirySecond(key), GroupKeys.expiringItem(key)));
      }
    }
    return found;
  }

  /**
   * Looks at items of some partitions, so that a second look tells whether one was touched. May
   * read the disk.
   *
   * @param partitions the partition of each key
   */
  public List<ObservedItem> observe(List<PartitionId> partitions, List<byte[]> keys) {
    List<Long> deletionsBefore = partitions.stream().map(this::deletions).toList();
    List<Boolean> locked = keys.stream().map(state.transactions::isLocked).toList();
    List<byte @Nullable []> values = store.multiGet(ColumnFamily.ITEMS, keys);
    List<ObservedItem> observed = new ArrayList<>(keys.size());
    for (int index = 0; index < keys.size(); index++) {
      observed.add(
          ObservedItem.of(
              keys.get(index),
              values.get(index),
              locked.get(index),
              deletionsBefore.get(index),
              deletions(partitions.get(index))));
    }
    return observed;
  }

  private long deletions(PartitionId id) {
    PartitionState partition = state.find(id);
    return partition == null ? 0 : partition.deletions.get();
  }

  /** The transactions that have prepared here and are not finished. */
  public List<PendingTransaction> pendingTransactions() {
    return state.transactions.held.values().stream()
        .map(held ->
            new PendingTransaction(
                held.id(), held.ledger(), HybridLogicalClock.wallMillis(held.preparedTime())))
        .toList();
  }

  /** The transactions whose commit this group has decided and not forgotten. */
  public List<CommittedTransaction> committedTransactions() {
    List<CommittedTransaction> committed = new ArrayList<>();
    state.transactions.decisions.forEach((id, decision) -> {
      if (decision instanceof LedgerDecision.Committed(long time, var participants)) {
        committed.add(new CommittedTransaction(id, time, participants));
      }
    });
    return committed;
  }

  /** A read that never touches the disk. */
  public CachedItem readCached(byte[] key) {
    return switch (store.getCached(ColumnFamily.ITEMS, key)) {
      case CachedRead.Found found -> new CachedItem.Known(StoredItem.read(key, found.value()));
      case CachedRead.Absent _ -> CachedItem.ABSENT;
      case CachedRead.NotCached _ -> CachedItem.NOT_CACHED;
    };
  }

  /** Reads of the present state. */
  public ItemReader items() {
    return items;
  }

  /** The present state, to be read at leisure; close it soon. */
  public GroupSnapshot snapshot() {
    return new GroupSnapshot(store.snapshot());
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
