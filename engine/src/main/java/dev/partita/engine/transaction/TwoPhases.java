package dev.partita.engine.transaction;

import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.ReplayUnits;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.engine.partition.TransactionCommand.CommitTransaction;
import dev.partita.engine.partition.TransactionCommand.FinishTransaction;
import dev.partita.engine.partition.TransactionCommand.PrepareTransaction;
import dev.partita.engine.partition.TransactionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction over several groups, led through its phases: prepare in all groups at once;
 * commit in the ledger group; finish in the others; answer. If a group cannot prepare, those that
 * could are told to let go. Each step runs on whatever thread brings the last answer of the step
 * before.
 *
 * <p>When it is not known whether a commit happened, or a group does not finish, the transaction is
 * answered as unknown and left to {@link TransactionRecovery}.
 */
final class TwoPhases {
  private static final Logger LOGGER = LoggerFactory.getLogger(TwoPhases.class);
  private static final Outcome GIVEN_UP =
      new Outcome.Unavailable("a transaction took too long and was given up");
  private static final int FINISH_ATTEMPTS_MAX = 5;
  private static final long FINISH_RETRY_MILLIS = 100;

  private final TransactionCoordinator coordinator;
  private final TransactionId id;
  private final ReplicationGroupId ledger;
  private final Transaction transaction;
  private final boolean held;
  private final Consumer<Outcome> callback;

  /** The ledger group's first. */
  private final List<Part> parts = new ArrayList<>();

  TwoPhases(
      TransactionCoordinator coordinator,
      TransactionId id,
      ReplicationGroupId ledger,
      Transaction transaction,
      boolean held,
      Consumer<Outcome> callback) {
    this.coordinator = coordinator;
    this.id = id;
    this.ledger = ledger;
    this.transaction = transaction;
    this.held = held;
    this.callback = callback;
  }

  /** What a group has to do. */
  private static final class Part {
    final ReplicationGroupId group;

    /** The places of its actions in the transaction. */
    final List<Integer> places = new ArrayList<>();

    volatile Outcome outcome = new Outcome.Unknown();

    Part(ReplicationGroupId group) {
      this.group = group;
    }
  }

  void start() {
    parts.add(new Part(ledger));
    for (int place = 0; place < transaction.actions().size(); place++) {
      part(transaction.actions().get(place).group()).places.add(place);
    }
    AtomicInteger missing = new AtomicInteger(parts.size());
    for (Part part : parts) {
      coordinator.groups().submit(part.group, prepare(part, missing));
    }
  }

  private Part part(ReplicationGroupId group) {
    for (Part part : parts) {
      if (part.group.equals(group)) {
        return part;
      }
    }
    Part part = new Part(group);
    parts.add(part);
    return part;
  }

  private PrepareTransaction prepare(Part part, AtomicInteger missing) {
    boolean isLedger = part.group.equals(ledger);
    int bytes = 0;
    for (int place : part.places) {
      bytes += transaction.actions().get(place).queuedBytes();
    }
    return new PrepareTransaction(
        id,
        ledger,
        isLedger,
        part.places.stream().map(place -> transaction.actions().get(place).item()).toList(),
        isLedger ? transaction.token() : null,
        bytes,
        outcome -> {
          part.outcome = outcome;
          if (missing.decrementAndGet() == 0) {
            prepared();
          }
        });
  }

  private void prepared() {
    Outcome refusal = refusal();
    if (refusal != null) {
      cancel(refusal);
    } else if (held) {
      coordinator.faults().hold(transaction, this::commit);
    } else {
      commit();
    }
  }

  /** Why the transaction cannot be committed; null if it can. What the ledger says comes first. */
  private @Nullable Outcome refusal() {
    boolean canceled = false;
    for (Part part : parts) {
      if (part.outcome instanceof Outcome.TransactionDecided) {
        return GIVEN_UP;
      }
      if (part.outcome instanceof Outcome.TransactionCanceled) {
        canceled = true;
      } else if (!(part.outcome instanceof Outcome.TransactionPrepared)) {
        return part.outcome;
      }
    }
    return canceled ? new Outcome.TransactionCanceled(inOrder()) : null;
  }

  /** The outcomes of all items, in the order of the transaction. */
  private List<Outcome> inOrder() {
    Outcome[] outcomes = new Outcome[transaction.actions().size()];
    for (Part part : parts) {
      List<? extends Outcome> ofPart = List.of();
      if (part.outcome instanceof Outcome.TransactionCanceled(List<Outcome> items)) {
        ofPart = items;
      } else if (part.outcome instanceof Outcome.TransactionPrepared prepared) {
        ofPart = prepared.items();
      }
      for (int index = 0; index < ofPart.size(); index++) {
        outcomes[part.places.get(index)] = ofPart.get(index);
      }
    }
    return List.of(outcomes);
  }

  /** Makes all groups let go that hold something or may; then answers. */
  private void cancel(Outcome answer) {
    List<Part> holding = new ArrayList<>();
    for (Part part : parts) {
      if (part.outcome instanceof Outcome.TransactionPrepared
          || part.outcome instanceof Outcome.Unknown) {
        holding.add(part);
      }
    }
    if (holding.isEmpty()) {
      callback.accept(answer);
      return;
    }
    AtomicInteger missing = new AtomicInteger(holding.size());
    for (Part part : holding) {
      coordinator
          .groups()
          .submit(
              part.group,
              new FinishTransaction(
                  id,
                  FinishTransaction.CANCEL,
                  outcome -> {
                    if (!(outcome instanceof Outcome.TransactionFinished)) {
                      LOGGER.warn("a cancelled transaction is left to recovery: {}", outcome);
                    }
                    if (missing.decrementAndGet() == 0) {
                      callback.accept(answer);
                    }
                  }));
    }
  }

  private void commit() {
    List<Outcome.Applied> items = appliedInOrder();
    long preparedTime = 0;
    List<ReplicationGroupId> participants = new ArrayList<>();
    for (Part part : parts) {
      if (part.outcome instanceof Outcome.TransactionPrepared prepared) {
        preparedTime = Math.max(preparedTime, prepared.time());
      }
      if (!part.group.equals(ledger)) {
        participants.add(part.group);
      }
    }
    List<Integer> readUnits =
        transaction.token() == null
            ? List.of()
            : ReplayUnits.of(
                transaction.actions().stream().map(PlannedAction::item).toList(), items);
    coordinator
        .groups()
        .submit(
            ledger,
            new CommitTransaction(
                id,
                participants,
                preparedTime,
                readUnits,
                outcome -> decided(outcome, participants, items)));
  }

  private List<Outcome.Applied> appliedInOrder() {
    List<Outcome.Applied> applied = new ArrayList<>();
    for (Outcome outcome : inOrder()) {
      if (outcome instanceof Outcome.Applied item) {
        applied.add(item);
      }
    }
    return applied;
  }

  private void decided(
      Outcome outcome, List<ReplicationGroupId> participants, List<Outcome.Applied> items) {
    if (outcome instanceof Outcome.TransactionDecided decided) {
      if (decided.committed()) {
        Outcome.TransactionApplied applied = new Outcome.TransactionApplied(decided.time(), items);
        finish(participants, decided.time(), applied, 1);
      } else {
        cancel(GIVEN_UP);
      }
    } else if (outcome instanceof Outcome.Unknown) {
      callback.accept(outcome);
    } else {
      cancel(outcome);
    }
  }

  /** Makes {@code unfinished} groups show the transaction; then answers. */
  private void finish(
      List<ReplicationGroupId> unfinished,
      long time,
      Outcome.TransactionApplied answer,
      int attempt) {
    if (unfinished.isEmpty()) {
      if (parts.size() > 1) {
        coordinator.finished().add(ledger, id);
      }
      callback.accept(answer);
      return;
    }
    if (attempt > FINISH_ATTEMPTS_MAX) {
      LOGGER.warn("a committed transaction is left to recovery");
      callback.accept(new Outcome.Unknown());
      return;
    }
    AtomicInteger missing = new AtomicInteger(unfinished.size());
    List<ReplicationGroupId> again = Collections.synchronizedList(new ArrayList<>());
    for (ReplicationGroupId group : unfinished) {
      coordinator
          .groups()
          .submit(
              group,
              new FinishTransaction(
                  id,
                  time,
                  outcome -> {
                    if (!(outcome instanceof Outcome.TransactionFinished)) {
                      again.add(group);
                    }
                    if (missing.decrementAndGet() == 0) {
                      finishRest(List.copyOf(again), time, answer, attempt);
                    }
                  }));
    }
  }

  private void finishRest(
      List<ReplicationGroupId> unfinished,
      long time,
      Outcome.TransactionApplied answer,
      int attempt) {
    if (unfinished.isEmpty()) {
      finish(unfinished, time, answer, attempt);
    } else {
      coordinator
          .scheduler()
          .schedule(() -> finish(unfinished, time, answer, attempt + 1), FINISH_RETRY_MILLIS);
    }
  }
}
