package dev.partita.engine.operation;

import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.model.Item;

/**
 * A write of one item with its expressions bound, planned against one version of the table: what
 * PutItem, UpdateItem, DeleteItem and the statements that are equal to them do.
 */
sealed interface ItemWrite permits PutWrite, UpdateWrite, DeleteWrite {

  /** The table as it was planned against. */
  TableDescriptor table();

  /** The storage key of the item. */
  byte[] key();

  /** The key attributes of the item, maybe among others. */
  Item keyOrItem();

  /** What to do to the item. */
  ItemMutation mutation();

  /** The memory that the request holds while it waits. */
  int queuedBytes();
}
