package dev.partita.engine.partition;

import java.util.function.Consumer;

/** Something that waits for a group's writer. */
public sealed interface GroupCommand {

  /** Takes the outcome; called once, on the writer. It must not block. */
  Consumer<Outcome> callback();

  /** The table that it belongs to: the queue is fair among tables. */
  int tableId();

  /** The memory that it holds while it waits, in bytes. */
  int queuedBytes();

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
      implements GroupCommand {}

  /** Brings a partition into the group or replaces its descriptor. Repeating it is harmless. */
  record InstallPartition(PartitionDescriptor descriptor, Consumer<Outcome> callback)
      implements GroupCommand {
    @Override
    public int tableId() {
      return descriptor.tableId();
    }

    @Override
    public int queuedBytes() {
      return CONTROL_BYTES;
    }
  }

  /** Deletes a partition with all its items. Repeating it is harmless. */
  record RemovePartition(PartitionId partition, int tableId, Consumer<Outcome> callback)
      implements GroupCommand {
    @Override
    public int queuedBytes() {
      return CONTROL_BYTES;
    }
  }

  /** The memory that a control command is taken to hold. */
  int CONTROL_BYTES = 256;
}
