package dev.partita.engine.operation;

import org.jspecify.annotations.Nullable;

/**
 * Where a page of Query or Scan ends: after Limit items, or after the item with which the items
 * read (before any filter) come to more than 1 MB.
 *
 * <p>Source: AWS, "Paginating table query results".
 */
final class PageLimit {
  private static final long PAGE_BYTES_MAX = 1 << 20;

  private final int itemsMax;
  private int items;
  private long bytes;

  PageLimit(@Nullable Integer limit) {
    this.itemsMax = limit == null ? Integer.MAX_VALUE : limit;
  }

  /** Counts an item that was read; true if the page ends with it. */
  boolean endsWith(int itemSize) {
    items++;
    bytes += itemSize;
    return items >= itemsMax || bytes > PAGE_BYTES_MAX;
  }

  /** Items read, before the filter. */
  int scannedCount() {
    return items;
  }
}
