package dev.partita.engine.ttl;

import dev.partita.base.Clock;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.metadata.TimeToLive;
import dev.partita.engine.partition.ExpiringItem;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.api.TimeToLiveStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the expired items of a partition, a page at a time, and counts them.
 *
 * <p>Source: AWS developer guide, "Time to Live (TTL)": items whose time is more than five years
 * ago are left alone.
 */
final class ExpiryPages {
  private static final Logger LOGGER = LoggerFactory.getLogger(ExpiryPages.class);
  private static final long MILLIS_PER_SECOND = 1000;
  private static final long FIVE_YEARS_SECONDS = 5 * 31_556_952L;

  /** What a delete holds besides its key while it waits. */
  private static final int QUEUED_BYTES = 128;

  private final TableCatalog catalog;
  private final RequestRouter router;
  private final List<ReplicationGroup> groups;
  private final Clock serviceClock;
  private final int pageItems;
  private final Map<Integer, LongAdder> deletedByTable = new ConcurrentHashMap<>();
  private final LongAdder deleted = new LongAdder();

  ExpiryPages(
      TableCatalog catalog,
      RequestRouter router,
      List<ReplicationGroup> groups,
      Clock serviceClock,
      int pageItems) {
    this.catalog = catalog;
    this.router = router;
    this.groups = List.copyOf(groups);
    this.serviceClock = serviceClock;
    this.pageItems = pageItems;
  }

  /**
   * What became of a page.
   *
   * @param deletedItems how many items were deleted
   * @param isLast whether it makes no sense to ask for another page now
   */
  record Page(int deletedItems, boolean isLast) {
    static final Page NONE = new Page(0, true);
  }

  /** The attribute by which items of the table expire; null if they do not. */
  static @Nullable String attribute(@Nullable TableDescriptor table) {
    TimeToLive timeToLive = table == null ? null : table.derived().timeToLive();
    return table != null
            && timeToLive != null
            && timeToLive.status() == TimeToLiveStatus.ENABLED
            && table.servesItems()
        ? timeToLive.attribute()
        : null;
  }

  /** Deletes a page of items and then calls {@code done}, on any thread. May read the disk. */
  void delete(TableDescriptor table, PartitionPlacement placement, Consumer<Page> done) {
    boolean expires = attribute(table) != null;
    long now = serviceClock.wallMillis() / MILLIS_PER_SECOND;
    List<ExpiringItem> due =
        expires
            ? groups
                .get(placement.group().value() - 1)
                .expiring(
                    placement.partition(), Math.max(0, now - FIVE_YEARS_SECONDS), now, pageItems)
            : List.of();
    if (due.isEmpty()) {
      done.accept(Page.NONE);
      return;
    }
    Answers answers = new Answers(table, placement, due.size(), done);
    for (ExpiringItem item : due) {
      router.write(
          table,
          item.key(),
          new ExpireItem(
              () -> attribute(catalog.find(table.tableId())), item.second(), serviceClock),
          QUEUED_BYTES + item.key().length,
          answers);
    }
  }

  /** How many items were deleted since the start. */
  long deleted() {
    return deleted.sum();
  }

  /** The same of one table. */
  long deleted(int tableId) {
    LongAdder count = deletedByTable.get(tableId);
    return count == null ? 0 : count.sum();
  }

  /** Drops counts of tables that are gone, before there are more counts than tables. */
  void dropOldCounts(Collection<TableDescriptor> tables) {
    if (deletedByTable.size() > tables.size()) {
      deletedByTable.keySet().retainAll(tables.stream().map(TableDescriptor::tableId).toList());
    }
  }

  /** Collects the outcomes of a page. */
  private final class Answers implements Consumer<Outcome> {
    private final TableDescriptor table;
    private final PartitionPlacement placement;
    private final int asked;
    private final Consumer<Page> done;
    private final AtomicInteger waiting;
    private final AtomicInteger deletedItems = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    Answers(TableDescriptor table, PartitionPlacement placement, int asked, Consumer<Page> done) {
      this.table = table;
      this.placement = placement;
      this.asked = asked;
      this.done = done;
      this.waiting = new AtomicInteger(asked);
    }

    @Override
    public void accept(Outcome outcome) {
      if (outcome instanceof Outcome.Applied applied) {
        if (applied.before() != null && applied.after() == null) {
          deletedItems.incrementAndGet();
        }
      } else {
        refused.incrementAndGet();
      }
      if (waiting.decrementAndGet() == 0) {
        finish();
      }
    }

    private void finish() {
      int count = deletedItems.get();
      if (count > 0) {
        deleted.add(count);
        deletedByTable.computeIfAbsent(table.tableId(), _ -> new LongAdder()).add(count);
      }
      if (asked == pageItems && count == 0 && refused.get() == 0) {
        LOGGER.warn(
            "a page of expired items of table {} in partition {} had none that is still there",
            table.name(),
            placement.partition().value());
      }
      done.accept(new Page(count, asked < pageItems || count == 0 || refused.get() > 0));
    }
  }
}
