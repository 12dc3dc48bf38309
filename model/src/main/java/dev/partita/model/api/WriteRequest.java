package dev.partita.model.api;

import dev.partita.model.Item;

/** One write of a BatchWriteItem. */
public sealed interface WriteRequest {
  /** Puts a whole item. */
  record Put(Item item) implements WriteRequest {}

  /** Deletes the item with this key. */
  record Delete(Item key) implements WriteRequest {}
}
