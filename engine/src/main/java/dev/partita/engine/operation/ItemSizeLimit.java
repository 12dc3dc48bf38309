package dev.partita.engine.operation;

import dev.partita.model.ItemSizes;

/** The 400 KB limit of an item. */
final class ItemSizeLimit {
  static final String PUT_MESSAGE = "Item size has exceeded the maximum allowed size";
  static final String UPDATE_MESSAGE = "Item size to update has exceeded the maximum allowed size";

  private ItemSizeLimit() {}

  static boolean isExceeded(int size) {
    return size > ItemSizes.ITEM_SIZE_MAX;
  }
}
