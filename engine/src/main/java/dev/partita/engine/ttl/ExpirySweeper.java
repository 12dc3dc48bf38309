package dev.partita.engine.ttl;

import dev.partita.base.Clock;
import dev.partita.base.Scheduler;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.router.RequestRouter;
import dev.partita.replication.FatalErrorHandler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Deletes items within seconds of their expiry, in each replication group on its own. */
public final class ExpirySweeper {
  private final ExpiryPages pages;
  private final List<GroupSweep> sweeps;
  private final Scheduler scheduler;

  /**
   * Does nothing before {@link #start}.
   *
   * @param groups the data groups, group 1 first
   * @param serviceClock by which items expire
   * @param fatalErrorHandler told of damage, which is never passed over
   */
  public ExpirySweeper(
      TableCatalog catalog,
      RequestRouter router,
      List<ReplicationGroup> groups,
      Clock serviceClock,
      Scheduler scheduler,
      ExpirySettings settings,
      FatalErrorHandler fatalErrorHandler) {
    this.pages = new ExpiryPages(catalog, router, groups, serviceClock, settings.pageItems());
    this.scheduler = scheduler;
    this.sweeps =
        groups.stream()
            .map(group ->
                new GroupSweep(
                    group.id(),
                    catalog,
                    pages,
                    serviceClock,
                    scheduler,
                    settings,
                    fatalErrorHandler))
            .toList();
  }

  /** Begins; the scheduler's end is its end. */
  public void start() {
    sweeps.forEach(GroupSweep::start);
  }

  /**
   * Deletes what has expired in a table at once, however much it is. What cannot be deleted now is
   * left to the next look.
   *
   * @return how many items were deleted
   */
  public CompletableFuture<Long> expireNow(TableDescriptor table) {
    CompletableFuture<Long> done = new CompletableFuture<>();
    scheduler.execute(() -> expireRest(table, new ArrayDeque<>(table.partitions()), 0, done));
    return done;
  }

  private void expireRest(
      TableDescriptor table,
      Deque<PartitionPlacement> rest,
      long before,
      CompletableFuture<Long> done) {
    PartitionPlacement placement = rest.peek();
    if (placement == null) {
      done.complete(before);
      return;
    }
    try {
      pages.delete(
          table,
          placement,
          page -> {
            if (page.isLast()) {
              rest.remove();
            }
            scheduler.execute(() -> expireRest(table, rest, before + page.deletedItems(), done));
          });
    } catch (RuntimeException failed) {
      done.completeExceptionally(failed);
    }
  }

  /** How many items were deleted since the start. */
  public long deletedItems() {
    return pages.deleted();
  }

  /** How many items of a table were deleted since the start. */
  public long deletedItems(TableDescriptor table) {
    return pages.deleted(table.tableId());
  }
}
