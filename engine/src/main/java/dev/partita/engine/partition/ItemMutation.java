package dev.partita.engine.partition;

import org.jspecify.annotations.Nullable;

/** What a write does to one item. Runs on the group's writer: it must not block. */
@FunctionalInterface
public interface ItemMutation {

  /**
   * Decides what becomes of the item. Sees all earlier writes; may run again if it is told that
   * nothing was applied.
   *
   * @param current the item as it is, null if there is none
   */
  ItemEffect evaluate(@Nullable StoredItem current);
}
