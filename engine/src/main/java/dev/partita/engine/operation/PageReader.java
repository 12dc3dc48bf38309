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

  /**
   * What to read.
   *
   * @param range the keys still to be read
   * @param filter null for none
   */
  record Plan(
      TableDescriptor table,
      KeyRange range,
      Direction direction,
      @Nullable Integer limit,
      @Nullable Condition filter,
      Projection projection,
      boolean countOnly,
      boolean consistent) {}

  /**
   * A page.
   *
   * @param items null for a count
   * @param capacityUnits units read, before the filter: each partition visited counts at least one
   *     unit, or half of one
   * @param lastEvaluatedKey null at the end of the range
   */
  record Page(
      @Nullable List<Item> items,
      int count,
      int scannedCount,
      double capacityUnits,
      @Nullable Item lastEvaluatedKey) {}

  /** May touch the disk: call it on the read pool. */
  Page read(Plan plan) {
    PageLimit limit = new PageLimit(plan.limit);
    List<Item> items = new ArrayList<>();
    int count = 0;
    Item lastEvaluatedKey = null;
    double capacityUnits = 0;
    if (!plan.range.isEmpty()) {
      try (RangeCursor cursor = router.cursor(plan.table, plan.range, plan.direction)) {
        for (StoredItem next = cursor.next(); next != null; next = cursor.next()) {
          boolean ends = limit.endsWith(next.size());
          if (plan.filter == null || plan.filter.matches(next.item())) {
            count++;
            if (!plan.countOnly) {
              items.add(
                  plan.projection.isAll() ? next.item() : plan.projection.project(next.item()));
            }
          }
          if (ends) {
            lastEvaluatedKey = ItemKeys.keyOf(plan.table.keySchema(), next.item());
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
        lastEvaluatedKey);
  }
}
