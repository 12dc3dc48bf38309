package dev.partita.engine.operation;

import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.router.RangeCursor;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.CapacityUnits;
import dev.partita.model.Item;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Projection;
import dev.partita.storage.Direction;
import dev.partita.storage.format.KeyRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one page of a Query or a Scan. */
final class PageReader {
  private final RequestRouter router;

  PageReader(RequestRouter router) {
    this.router = router;
  }

  /** Whether the item of each row of a local index is read from the table. */
  enum Fetch {
    /** No: the row holds all that is asked for. */
    NONE,
    /** Yes, and the filter sees the item. */
    BEFORE_FILTER,
    /** Yes, but the filter sees the row. */
    AFTER_FILTER
  }

  /**
   * What to read.
   *
   * @param range the keys still to be read
   * @param filter null for none
   */
  record Plan(
      ReadSource source,
      KeyRange range,
      Direction direction,
      @Nullable Condition filter,
      Projection projection,
      boolean countOnly,
      Fetch fetch,
      boolean consistent) {}

  /**
   * A page, or the part of it that lies in one range.
   *
   * @param items null for a count
   * @param scannedCount items read before the filter, over all of the page
   * @param capacityUnits units read of the source, before the filter: each partition visited counts
   *     at least one unit, or half of one
   * @param fetchUnits units read of the table for rows of a local index, each item rounded up alone
   * @param lastEvaluatedKey null at the end of the range
   */
  record Page(
      @Nullable List<Item> items,
      int count,
      int scannedCount,
      double capacityUnits,
      double fetchUnits,
      @Nullable Item lastEvaluatedKey) {}

  /**
   * May touch the disk: call it on the read pool.
   *
   * @param limit where the page ends; a page of several ranges has one limit for all of them
   */
  Page read(Plan plan, PageLimit limit) {
    List<Item> items = new ArrayList<>();
    int count = 0;
    Item lastEvaluatedKey = null;
    double capacityUnits = 0;
    double fetchUnits = 0;
    if (!plan.range.isEmpty()) {
      try (RangeCursor cursor =
          plan.source.cursor(router, plan.range, plan.direction, plan.consistent)) {
        for (StoredItem next = cursor.next(); next != null; next = cursor.next()) {
          boolean ends = limit.endsWith(next.size());
          StoredItem read = next;
          if (plan.fetch != Fetch.NONE) {
            read = fetch(plan.source.table(), cursor, next);
            fetchUnits += CapacityUnits.read(read.size(), plan.consistent);
          }
          StoredItem filtered = plan.fetch == Fetch.AFTER_FILTER ? next : read;
          if (plan.filter == null || plan.filter.matches(filtered.item())) {
            count++;
            if (!plan.countOnly) {
              items.add(plan.projection.project(read.item()));
            }
          }
          if (ends) {
            lastEvaluatedKey = plan.source.startKey(next.item());
            break;
          }
        }
        for (long bytes : cursor.bytesByPartition()) {
          capacityUnits += CapacityUnits.read(bytes, plan.consistent);
        }
      }
    }
    return new Page(
        plan.countOnly ? null : items,
        count,
        limit.scannedCount(),
        capacityUnits == 0 ? CapacityUnits.read(0, plan.consistent) : capacityUnits,
        fetchUnits,
        lastEvaluatedKey);
  }

  /** A row of a local index and its item are written together, so the item is there. */
  private static StoredItem fetch(TableDescriptor table, RangeCursor cursor, StoredItem row) {
    byte[] key = ItemKeys.ofKey(table, ItemKeys.keyOf(table.keySchema(), row.item()));
    StoredItem item = cursor.readItem(key);
    return item == null ? row : item;
  }
}
