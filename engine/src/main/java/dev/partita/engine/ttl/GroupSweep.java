package dev.partita.engine.ttl;

import dev.partita.base.Clock;
import dev.partita.base.InvariantBrokenException;
import dev.partita.base.Scheduler;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.replication.FatalErrorHandler;
import dev.partita.storage.DamagedFileException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through the partitions of one replication group over and over: a step deletes one page of
 * one partition, and tables take turns, so that one with much to delete does not keep another
 * waiting.
 */
final class GroupSweep {
  private static final Logger LOGGER = LoggerFactory.getLogger(GroupSweep.class);
  private static final long MILLIS_PER_SECOND = 1000;

  private final ReplicationGroupId group;
  private final TableCatalog catalog;
  private final ExpiryPages pages;
  private final Clock clock;
  private final Scheduler scheduler;
  private final ExpirySettings settings;
  private final FatalErrorHandler fatalErrorHandler;

  /** Partitions to look at, by table; the table whose turn it is comes first. The steps' own. */
  private final SequencedMap<String, SequencedSet<PartitionPlacement>> waiting =
      new LinkedHashMap<>();

  private long nextPollNanos;

  private record Turn(TableDescriptor table, PartitionPlacement placement) {}

  GroupSweep(
      ReplicationGroupId group,
      TableCatalog catalog,
      ExpiryPages pages,
      Clock clock,
      Scheduler scheduler,
      ExpirySettings settings,
      FatalErrorHandler fatalErrorHandler) {
    this.group = group;
    this.catalog = catalog;
    this.pages = pages;
    this.clock = clock;
    this.scheduler = scheduler;
    this.settings = settings;
    this.fatalErrorHandler = fatalErrorHandler;
    this.nextPollNanos = clock.monotonicNanos();
  }

  void start() {
    scheduler.execute(this::step);
  }

  private void step() {
    try {
      long untilPoll = nextPollNanos - clock.monotonicNanos();
      if (untilPoll <= 0) {
        nextPollNanos = clock.monotonicNanos() + settings.pollInterval().toNanos();
        poll();
      }
      Turn turn = takeTurn();
      if (turn == null) {
        long idle = Math.max(0, nextPollNanos - clock.monotonicNanos());
        scheduler.schedule(this::step, TimeUnit.NANOSECONDS.toMillis(idle) + 1);
      } else {
        pages.delete(turn.table, turn.placement, page -> goOn(turn, page));
      }
    } catch (DamagedFileException | InvariantBrokenException damaged) {
      fatalErrorHandler.fatal("the expiry times of items are damaged", damaged);
    } catch (RuntimeException defect) {
      LOGGER.error("deleting expired items failed and is tried again", defect);
      scheduler.schedule(this::step, settings.pollInterval().toMillis());
    }
  }

  /** Puts every partition in line that is not there. */
  private void poll() {
    pages.dropOldCounts(catalog.tables().values());
    for (TableDescriptor table : catalog.tables().values()) {
      if (ExpiryPages.attribute(table) == null) {
        continue;
      }
      for (PartitionPlacement placement : table.partitions()) {
        if (placement.group().equals(group)) {
          putInLine(table.name(), placement);
        }
      }
    }
  }

  private void putInLine(String table, PartitionPlacement placement) {
    waiting.computeIfAbsent(table, _ -> new LinkedHashSet<>()).add(placement);
  }

  private @Nullable Turn takeTurn() {
    while (true) {
      Map.Entry<String, SequencedSet<PartitionPlacement>> first = waiting.pollFirstEntry();
      if (first == null) {
        return null;
      }
      PartitionPlacement placement = first.getValue().removeFirst();
      if (!first.getValue().isEmpty()) {
        waiting.putLast(first.getKey(), first.getValue());
      }
      TableDescriptor table = catalog.find(first.getKey());
      if (table != null && table.partitions().contains(placement)) {
        return new Turn(table, placement);
      }
    }
  }

  private void goOn(Turn turn, ExpiryPages.Page page) {
    scheduler.schedule(
        () -> {
          if (!page.isLast()) {
            putInLine(turn.table.name(), turn.placement);
          }
          step();
        },
        page.deletedItems() * MILLIS_PER_SECOND / settings.itemsPerSecondMax());
  }
}
