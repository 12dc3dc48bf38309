package dev.partita.engine.transaction;

import dev.partita.base.Clock;
import dev.partita.engine.partition.CommittedTransaction;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.PendingTransaction;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.engine.partition.TransactionCommand.FinishTransaction;
import dev.partita.engine.partition.TransactionCommand.ResolveTransaction;
import dev.partita.engine.partition.TransactionId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes transactions whose coordinator is gone: all that are found at the start, later those
 * that are old and not led by this node's coordinator. What holds items asks its ledger group,
 * which cancels what it has not committed; what is committed is finished in all groups and then
 * forgotten. Also has tokens forgotten whose time is over. Works in rounds, which repeat whatever
 * did not succeed.
 */
public final class TransactionRecovery {
  private static final Logger LOGGER = LoggerFactory.getLogger(TransactionRecovery.class);
  private static final long ROUND_MILLIS = 1_000;
  private static final long AGE_MILLIS = 5_000;
  private static final int AT_ONCE_MAX = 1_000;
  private static final int SWEPT_AT_ONCE_MAX = 1_000;

  private final TransactionCoordinator coordinator;
  private final TransactionGroups groups;
  private final Clock clock;

  /** What this is working on. */
  private final Set<TransactionId> resolving = ConcurrentHashMap.newKeySet();

  private volatile boolean stopped;

  /** Begins with {@link #start}. */
  public TransactionRecovery(TransactionCoordinator coordinator, Clock clock) {
    this.coordinator = coordinator;
    this.groups = coordinator.groups();
    this.clock = clock;
  }

  /** Takes up what the last run of the node left, then goes on in rounds. */
  public void start() {
    int found = round(0);
    if (found > 0) {
      LOGGER.info("finishing {} transactions that were under way", found);
    }
    scheduleRound();
  }

  /** Begins nothing more. */
  public void stop() {
    stopped = true;
  }

  private void scheduleRound() {
    coordinator
        .scheduler()
        .schedule(
            () -> {
              if (!stopped) {
                round(AGE_MILLIS);
                groups.ids().forEach(this::sweep);
                scheduleRound();
              }
            },
            ROUND_MILLIS);
  }

  /** Takes up what is at least {@code ageMillis} old; tells how many. */
  private int round(long ageMillis) {
    long before = clock.wallMillis() - ageMillis;
    int found = 0;
    for (ReplicationGroupId group : groups.ids()) {
      for (PendingTransaction pending : groups.pendingTransactions(group)) {
        if (pending.preparedMillis() <= before && begin(pending.id())) {
          found++;
          resolve(group, pending);
        }
      }
      for (CommittedTransaction committed : groups.committedTransactions(group)) {
        if (committed.millis() <= before && begin(committed.id())) {
          found++;
          finish(group, committed);
        }
      }
    }
    return found;
  }

  private boolean begin(TransactionId id) {
    return !coordinator.isActive(id) && resolving.size() < AT_ONCE_MAX && resolving.add(id);
  }

  private void resolve(ReplicationGroupId group, PendingTransaction pending) {
    TransactionId id = pending.id();
    groups.submit(
        pending.ledger(),
        new ResolveTransaction(
            id,
            outcome -> {
              if (outcome instanceof Outcome.TransactionDecided decided) {
                finish(group, id, decided.committed() ? decided.time() : FinishTransaction.CANCEL);
              } else {
                end(id, outcome);
              }
            }));
  }

  private void finish(ReplicationGroupId group, TransactionId id, long commitTime) {
    groups.submit(group, new FinishTransaction(id, commitTime, outcome -> end(id, outcome)));
  }

  private void end(TransactionId id, Outcome outcome) {
    resolving.remove(id);
    if (!(outcome instanceof Outcome.TransactionFinished)) {
      LOGGER.warn("a transaction could not be finished yet: {}", outcome);
    }
  }

  private void finish(ReplicationGroupId ledger, CommittedTransaction committed) {
    AtomicInteger missing = new AtomicInteger(committed.participants().size());
    Set<ReplicationGroupId> unfinished = ConcurrentHashMap.newKeySet();
    for (ReplicationGroupId participant : committed.participants()) {
      groups.submit(
          participant,
          new FinishTransaction(
              committed.id(),
              committed.time(),
              outcome -> {
                if (!(outcome instanceof Outcome.TransactionFinished)) {
                  unfinished.add(participant);
                }
                if (missing.decrementAndGet() == 0) {
                  if (unfinished.isEmpty()) {
                    coordinator.finished().add(ledger, committed.id());
                  }
                  resolving.remove(committed.id());
                }
              }));
    }
  }

  private void sweep(ReplicationGroupId group) {
    groups.submit(
        group,
        new GroupCommand.SweepTransactions(
            SWEPT_AT_ONCE_MAX,
            outcome -> {
              if (outcome instanceof Outcome.Swept(boolean more) && more && !stopped) {
                coordinator.scheduler().execute(() -> sweep(group));
              }
            }));
  }
}
