package dev.partita.engine.operation;

import dev.partita.model.ItemSizes;

/**
 * The 400 KB limit of an item, for every write the same. AWS documents no other; some of its
 * regions besides charge an UpdateItem for its clauses and refuse a few bytes earlier, others do
 * not.
 */
final class ItemSizeLimit {
  static final String PUT_MESSAGE = "Item size has exceeded the maximum allowed size";
  static final String UPDATE_MESSAGE = "Item size to update has exceeded the maximum allowed size";

  private ItemSizeLimit() {}

  static boolean isExceeded(int size) {
    return size > ItemSizes.ITEM_SIZE_MAX;
  }
}
