package dev.partita.engine.metadata;

import dev.partita.base.InvariantBrokenException;
import dev.partita.base.Scheduler;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.replication.FatalErrorHandler;
import dev.partita.storage.DamagedFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over the items of a table, for an index that was added to it or for time to live. Every
 * item is refreshed: its group's writer reads it again and tells the followers of the change log of
 * it as it is then, in order with all changes, or marks when it expires. One partition of each
 * group is walked at a time, in steps on the scheduler: a group's writer must have time for its
 * clients.
 */
final class Backfill {
  private static final Logger LOGGER = LoggerFactory.getLogger(Backfill.class);
  private static final long ITEMS_BETWEEN_POSITIONS = 20_000;

  /** Is told of progress, on threads of the scheduler; it must not block. */
  interface Listener {
    /** It is time to store {@link #positions()}. */
    void advanced(Backfill backfill);

    /** Every item is done, and an index holds all rows. */
    void finished(Backfill backfill);
  }

  private final TableDescriptor table;
  private final int purpose;
  private final Scheduler scheduler;
  private final FatalErrorHandler fatalErrorHandler;
  private final Listener listener;
  private final List<BackfillWalker> walkers = new ArrayList<>();
  private final Map<ReplicationGroupId, Queue<BackfillWalker>> waiting = new HashMap<>();
  private final AtomicInteger unfinished = new AtomicInteger();
  private final AtomicLong itemsDone = new AtomicLong();
  private final AtomicLong itemsSinceStored = new AtomicLong();
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final long itemsTotal;

  /**
   * A pass that begins where {@code table} says.
   *
   * @param purpose the number of the index to fill, or {@link BackfillPosition#TIME_TO_LIVE}
   */
  Backfill(
      TableDescriptor table,
      int purpose,
      PartitionInstaller groups,
      Scheduler scheduler,
      FatalErrorHandler fatalErrorHandler,
      Listener listener) {
    this.table = table;
    this.purpose = purpose;
    this.scheduler = scheduler;
    this.fatalErrorHandler = fatalErrorHandler;
    this.listener = listener;
    long total = 0;
    for (int index = 0; index < table.partitions().size(); index++) {
      PartitionPlacement placement = table.partitions().get(index);
      ReplicationGroup group = groups.group(placement.group());
      BackfillPosition position = storedPosition(placement);
      PartitionCounters counters = group.counters(placement.partition());
      total += counters == null ? 0 : counters.itemCount();
      itemsDone.addAndGet(position.itemsDone());
      BackfillWalker walker = new BackfillWalker(this, group, table, index, position);
      walkers.add(walker);
      if (!position.finished()) {
        waiting.computeIfAbsent(placement.group(), _ -> new ConcurrentLinkedQueue<>()).add(walker);
        unfinished.incrementAndGet();
      }
    }
    itemsTotal = Math.max(total, itemsDone.get());
  }

  private BackfillPosition storedPosition(PartitionPlacement placement) {
    for (BackfillPosition position : table.derived().backfills()) {
      if (position.purpose() == purpose && position.partition().equals(placement.partition())) {
        return position;
      }
    }
    return new BackfillPosition(purpose, placement.partition(), null, 0, false);
  }

  /** Begins; called once. */
  void start() {
    if (unfinished.get() == 0) {
      scheduler.execute(() -> listener.finished(this));
      return;
    }
    waiting.keySet().forEach(this::startNext);
  }

  private void startNext(ReplicationGroupId group) {
    Queue<BackfillWalker> queue = waiting.get(group);
    BackfillWalker next = queue == null ? null : queue.poll();
    if (next != null) {
      next.wake();
    }
  }

  int purpose() {
    return purpose;
  }

  int tableId() {
    return table.tableId();
  }

  boolean fillsIndex() {
    return purpose != BackfillPosition.TIME_TO_LIVE;
  }

  /** Stops it; what is on its way may still arrive, which harms nothing. */
  void cancel() {
    cancelled.set(true);
  }

  boolean isCancelled() {
    return cancelled.get();
  }

  /** Where it would begin if the node started again now. */
  List<BackfillPosition> positions() {
    return walkers.stream().map(BackfillWalker::position).toList();
  }

  BackfillProgress progress() {
    GlobalIndexDescriptor index = table.derived().globalIndex(purpose);
    long done = itemsDone.get();
    return new BackfillProgress(
        table.name(), index == null ? null : index.name(), done, Math.max(done, itemsTotal));
  }

  void advanced(int items) {
    itemsDone.addAndGet(items);
    if (itemsSinceStored.addAndGet(items) >= ITEMS_BETWEEN_POSITIONS) {
      itemsSinceStored.set(0);
      listener.advanced(this);
    }
  }

  /** A partition of {@code group} is walked; its last rows may still be on their way. */
  void walked(ReplicationGroupId group) {
    startNext(group);
  }

  /** A partition is done, and the indexes hold its rows. */
  void finished() {
    if (unfinished.decrementAndGet() == 0) {
      listener.finished(this);
    }
  }

  void execute(Runnable step) {
    scheduler.execute(() -> guarded(step));
  }

  void schedule(Runnable step, long delayMillis) {
    scheduler.schedule(() -> guarded(step), delayMillis);
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (DamagedFileException | InvariantBrokenException damaged) {
      fatalErrorHandler.fatal("stored data is damaged", damaged);
    } catch (RuntimeException defect) {
      // The index stays CREATING; the next start takes it up again.
      LOGGER.error("a backfill of table {} stopped", table.name(), defect);
      cancel();
    }
  }
}
