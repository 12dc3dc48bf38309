package dev.partita.engine.partition;

import java.util.List;
import java.util.function.Consumer;

/** Something that waits for a group's writer. */
public sealed interface GroupCommand {

  /** Takes the outcome; called once, on the writer. It must not block. */
  Consumer<Outcome> callback();

  /** The table that it belongs to: the queue is fair among tables. */
  int tableId();

  /** The memory that it holds while it waits, in bytes. */
  int queuedBytes();

  /** A command on items, which shares a batch with others. */
  sealed interface DataCommand extends GroupCommand
      permits WriteItem, ApplyIndexRows, RefreshItems, TransactionCommand {

    /** The storage keys of the items that its evaluation reads. */
    List<byte[]> keys();
  }

  /** A command on a partition as a whole, which makes a batch of its own. */
  sealed interface ControlCommand extends GroupCommand {
    @Override
    default int queuedBytes() {
      return CONTROL_BYTES;
    }
  }

  /**
   * A write of one item.
   *
   * @param schemaVersion the schema that the write was planned with
   * @param key the storage key of the item
   */
  record WriteItem(
      PartitionId partition,
      int tableId,
      long schemaVersion,
      byte[] key,
      ItemMutation mutation,
      int queuedBytes,
      Consumer<Outcome> callback)
      implements DataCommand {
    @Override
    public List<byte[]> keys() {
      return List.of(key);
    }
  }

  /**
   * Rows of a global index, made from the change log of one source partition. Rows that the index
   * partition has taken before are skipped, so repeating it is harmless.
   *
   * @param partition of the index
   * @param tableId of the index
   * @param source the partition of the table
   * @param sourceEpoch its epoch; rows of an older epoch are refused
   * @param rows ordered by sequence
   * @param throughSequence all rows of the source up to this sequence are taken
   */
  record ApplyIndexRows(
      PartitionId partition,
      int tableId,
      PartitionId source,
      long sourceEpoch,
      List<IndexRowWrite> rows,
      long throughSequence,
      int queuedBytes,
      Consumer<Outcome> callback)
      implements DataCommand {
    @Override
    public List<byte[]> keys() {
      return rows.stream().map(IndexRowWrite::key).toList();
    }
  }

  /**
   * Tells the followers of the change log of items as they are, for indexes that are being filled,
   * and marks when they expire.
   *
   * @param keys storage keys; those without an item are skipped
   */
  record RefreshItems(
      PartitionId partition,
      int tableId,
      long schemaVersion,
      List<byte[]> keys,
      int queuedBytes,
      Consumer<Outcome> callback)
      implements DataCommand {}

  /**
   * Brings a partition into the group or replaces its descriptor. Opens and closes the shards of
   * streams that the descriptor begins or ends. Repeating it is harmless.
   */
  record InstallPartition(PartitionDescriptor descriptor, Consumer<Outcome> callback)
      implements ControlCommand {
    @Override
    public int tableId() {
      return descriptor.tableId();
    }
  }

  /** Deletes a partition with all its items. Repeating it is harmless. */
  record RemovePartition(PartitionId partition, int tableId, Consumer<Outcome> callback)
      implements ControlCommand {}

  /**
   * Notes how far the global indexes have come and trims the change log.
   *
   * @param indexedThrough the last sequence that the indexes hold
   * @param trimThrough records up to this sequence are deleted
   * @param shardsForgottenBefore shards without records are forgotten that closed before this time,
   *     milliseconds since 1970
   */
  record AdvanceChangeLog(
      PartitionId partition,
      int tableId,
      long indexedThrough,
      long trimThrough,
      long shardsForgottenBefore,
      Consumer<Outcome> callback)
      implements ControlCommand {}

  /** Closes the open shard of the partition's stream and opens its child. */
  record RollShard(PartitionId partition, int tableId, Consumer<Outcome> callback)
      implements ControlCommand {}

  /**
   * Forgets idempotency tokens and cancelled transactions whose time is over, the oldest first.
   *
   * @param countMax how many at once
   */
  record SweepTransactions(int countMax, Consumer<Outcome> callback) implements ControlCommand {
    @Override
    public int tableId() {
      return TransactionCommand.NO_TABLE;
    }
  }

  /** The memory that a control command is taken to hold. */
  int CONTROL_BYTES = 256;
}
