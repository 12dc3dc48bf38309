package dev.partita.engine.metadata;

import dev.partita.base.Scheduler;
import dev.partita.model.api.IndexStatus;
import dev.partita.model.api.TimeToLiveStatus;
import dev.partita.replication.FatalErrorHandler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The backfills that run: one for every index that is being filled, and for every table whose items
 * are being marked. The control plane's thread starts and ends them.
 */
final class Backfills {
  private final PartitionInstaller groups;
  private final Scheduler scheduler;
  private final FatalErrorHandler fatalErrorHandler;
  private final Backfill.Listener listener;
  private final Map<Key, Backfill> running = new ConcurrentHashMap<>();

  private record Key(int tableId, int purpose) {}

  Backfills(
      PartitionInstaller groups,
      Scheduler scheduler,
      FatalErrorHandler fatalErrorHandler,
      Backfill.Listener listener) {
    this.groups = groups;
    this.scheduler = scheduler;
    this.fatalErrorHandler = fatalErrorHandler;
    this.listener = listener;
  }

  /**
   * Ends backfills of {@code table} that are not wanted any more and begins those that are. Its
   * partitions must record changes for the index, or mark items, already.
   */
  void follow(TableDescriptor table) {
    Set<Integer> wanted = wanted(table);
    end(table.tableId(), wanted);
    for (int purpose : wanted) {
      running.computeIfAbsent(
          new Key(table.tableId(), purpose),
          _ -> {
            Backfill backfill =
                new Backfill(table, purpose, groups, scheduler, fatalErrorHandler, listener);
            backfill.start();
            return backfill;
          });
    }
  }

  /** Ends backfills of {@code table} that are not wanted any more. */
  void endUnwanted(TableDescriptor table) {
    end(table.tableId(), wanted(table));
  }

  private void end(int tableId, Set<Integer> wanted) {
    running.forEach((key, backfill) -> {
      if (key.tableId == tableId && !wanted.contains(key.purpose)) {
        backfill.cancel();
        running.remove(key, backfill);
      }
    });
  }

  private static Set<Integer> wanted(TableDescriptor table) {
    Set<Integer> purposes = new HashSet<>();
    if (table.servesItems()) {
      for (GlobalIndexDescriptor index : table.derived().globalIndexes()) {
        if (index.status() == IndexStatus.CREATING && index.backfilling()) {
          purposes.add(index.definition().number());
        }
      }
      TimeToLive timeToLive = table.derived().timeToLive();
      if (timeToLive != null && timeToLive.status() == TimeToLiveStatus.ENABLING) {
        purposes.add(BackfillPosition.TIME_TO_LIVE);
      }
    }
    return purposes;
  }

  boolean isRunning(Backfill backfill) {
    return running.get(new Key(backfill.tableId(), backfill.purpose())) == backfill;
  }

  void forget(Backfill backfill) {
    running.remove(new Key(backfill.tableId(), backfill.purpose()), backfill);
  }

  List<BackfillProgress> progress() {
    List<BackfillProgress> progress = new ArrayList<>();
    running.values().forEach(backfill -> progress.add(backfill.progress()));
    return progress;
  }

  void close() {
    running.values().forEach(Backfill::cancel);
    running.clear();
  }
}
