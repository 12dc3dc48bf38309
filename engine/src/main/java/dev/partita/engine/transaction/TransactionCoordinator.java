package dev.partita.engine.transaction;

import dev.partita.base.RandomSource;
import dev.partita.base.Scheduler;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.engine.partition.TransactionCommand;
import dev.partita.engine.partition.TransactionId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Carries transactions out: one whose items and token belong to one group in a single step of that
 * group, others in two phases. Thread-safe; its steps run on the writers that answer them.
 */
public final class TransactionCoordinator {
  private final TransactionGroups groups;
  private final Scheduler scheduler;
  private final RandomSource random;
  private final TransactionFaults faults;
  private final TransactionLimits limits;
  private final FinishedTransactions finished;
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  /** Those that are led by this coordinator; the recovery leaves them alone. */
  private final Set<TransactionId> active = ConcurrentHashMap.newKeySet();

  /** A coordinator over the groups of this node. */
  public TransactionCoordinator(
      TransactionGroups groups,
      Scheduler scheduler,
      RandomSource random,
      TransactionFaults faults,
      TransactionLimits limits) {
    this.groups = groups;
    this.scheduler = scheduler;
    this.random = random;
    this.faults = faults;
    this.limits = limits;
    this.finished = new FinishedTransactions(groups, scheduler);
  }

  /** What disturbs transactions; nothing but in tests. */
  public TransactionFaults faults() {
    return faults;
  }

  /**
   * Carries out a transaction. Never blocks.
   *
   * @param callback gets {@link Outcome.TransactionApplied}, or why nothing changed, or {@link
   *     Outcome.Unknown}; called once
   */
  public void write(Transaction transaction, Consumer<Outcome> callback) {
    ReplicationGroupId first = transaction.actions().getFirst().group();
    ReplicationGroupId ledger =
        transaction.token() == null ? first : groups.ledgerOf(transaction.token().name());
    TransactionId id = TransactionId.random(random);
    boolean held = faults.holds(transaction);
    if (!held && transaction.actions().stream().allMatch(action -> action.group().equals(ledger))) {
      groups.submit(
          ledger,
          new TransactionCommand.TransactWrite(
              id,
              transaction.actions().stream().map(PlannedAction::item).toList(),
              transaction.token(),
              (int) Math.min(Integer.MAX_VALUE, transaction.queuedBytes()),
              callback));
      return;
    }
    long size = transaction.queuedBytes();
    if (count.incrementAndGet() > limits.countMax() || bytes.addAndGet(size) > limits.bytesMax()) {
      leave(size);
      callback.accept(new Outcome.Overloaded());
      return;
    }
    active.add(id);
    new TwoPhases(
            this,
            id,
            ledger,
            transaction,
            held,
            outcome -> {
              active.remove(id);
              leave(size);
              callback.accept(outcome);
            })
        .start();
  }

  private void leave(long size) {
    count.decrementAndGet();
    bytes.addAndGet(-size);
  }

  /** How many transactions over several groups are under way. */
  public int activeCount() {
    return count.get();
  }

  boolean isActive(TransactionId id) {
    return active.contains(id);
  }

  TransactionGroups groups() {
    return groups;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  FinishedTransactions finished() {
    return finished;
  }
}
