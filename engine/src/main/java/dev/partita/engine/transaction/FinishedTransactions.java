package dev.partita.engine.transaction;

import dev.partita.base.Scheduler;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.engine.partition.TransactionCommand;
import dev.partita.engine.partition.TransactionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Committed transactions that all groups have finished: their ledger groups may forget them, many
 * at a time. What is lost on the way, the recovery finds again.
 */
final class FinishedTransactions {
  private static final int AT_ONCE_MAX = 500;
  private static final long DELAY_MILLIS = 50;

  private final TransactionGroups groups;
  private final Scheduler scheduler;
  private final Map<ReplicationGroupId, List<TransactionId>> waiting = new ConcurrentHashMap<>();

  FinishedTransactions(TransactionGroups groups, Scheduler scheduler) {
    this.groups = groups;
    this.scheduler = scheduler;
  }

  void add(ReplicationGroupId ledger, TransactionId id) {
    List<TransactionId> full = new ArrayList<>();
    waiting.compute(
        ledger,
        (group, present) -> {
          List<TransactionId> ids = present;
          if (ids == null) {
            ids = new ArrayList<>();
            scheduler.schedule(() -> forget(group), DELAY_MILLIS);
          }
          ids.add(id);
          if (ids.size() < AT_ONCE_MAX) {
            return ids;
          }
          full.addAll(ids);
          return new ArrayList<>();
        });
    forget(ledger, full);
  }

  private void forget(ReplicationGroupId ledger) {
    List<TransactionId> ids = waiting.remove(ledger);
    forget(ledger, ids == null ? List.of() : ids);
  }

  private void forget(ReplicationGroupId ledger, List<TransactionId> ids) {
    if (!ids.isEmpty()) {
      groups.submit(ledger, new TransactionCommand.ForgetTransactions(ids, _ -> {}));
    }
  }
}
