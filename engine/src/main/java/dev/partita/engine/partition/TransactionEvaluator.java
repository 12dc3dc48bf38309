package dev.partita.engine.partition;

import dev.partita.base.HybridLogicalClock;
import dev.partita.engine.change.ChangeRecord;
import dev.partita.engine.partition.TransactionCommand.CommitTransaction;
import dev.partita.engine.partition.TransactionCommand.FinishTransaction;
import dev.partita.engine.partition.TransactionCommand.ForgetTransactions;
import dev.partita.engine.partition.TransactionCommand.PrepareTransaction;
import dev.partita.engine.partition.TransactionCommand.ResolveTransaction;
import dev.partita.engine.partition.TransactionCommand.TransactWrite;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.KeyValueStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the steps of transactions.
 *
 * <p>Locks are strict two-phase locking: a transaction over several groups holds all its items, in
 * all groups, when it is committed, and lets go of those of a group with the write set that changes
 * them; nobody ever waits for a lock. Its commit has a later time than all that its items have
 * seen, because every group answers the first phase with its own time and takes note of that of the
 * commit.
 */
final class TransactionEvaluator {
  private final GroupState state;
  private final HybridLogicalClock clock;
  private final ItemEffects effects;
  private final TransactionTokens tokens;
  private final TransactionItems items;

  TransactionEvaluator(
      KeyValueStore store,
      GroupState state,
      HybridLogicalClock clock,
      GroupLimits limits,
      ItemEffects effects,
      int entryBytesMax) {
    this.state = state;
    this.clock = clock;
    this.effects = effects;
    this.tokens = new TransactionTokens(store, clock);
    this.items = new TransactionItems(state, limits, effects, entryBytesMax);
  }

  /** Null if the step does not fit the batch. */
  @Nullable Outcome evaluate(
      TransactionCommand command, List<byte @Nullable []> stored, Batch batch) {
    return switch (command) {
      case TransactWrite write -> write(write, stored, batch);
      case PrepareTransaction prepare -> prepare(prepare, stored, batch);
      case CommitTransaction commit -> commit(commit, batch);
      case ResolveTransaction resolve -> resolve(resolve.id(), batch);
      case FinishTransaction finish -> finish(finish, batch);
      case ForgetTransactions forget -> forget(forget, batch);
    };
  }

  private @Nullable Outcome write(
      TransactWrite write, List<byte @Nullable []> stored, Batch batch) {
    TokenClaim token = write.token();
    TransactionTokens.Known known =
        token == null ? TransactionTokens.Known.NOTHING : tokens.known(token, batch);
    if (known.answer() != null) {
      return known.answer();
    }
    return switch (items.evaluate(write.items(), stored, false, batch)) {
      case TransactionItems.Result.Refused refused -> refused.outcome();
      case TransactionItems.Result.NoRoom _ -> null;
      case TransactionItems.Result.Ready ready -> {
        long time = clock.next();
        List<Outcome.Applied> applied = apply(write.id(), ready.items(), time, batch);
        if (token != null) {
          tokens.store(token, ReplayUnits.of(write.items(), applied), known.expired(), batch);
        }
        yield new Outcome.TransactionApplied(time, applied);
      }
    };
  }

  private @Nullable Outcome prepare(
      PrepareTransaction prepare, List<byte @Nullable []> stored, Batch batch) {
    HeldTransaction present = batch.transactions().held(prepare.id());
    if (present != null) {
      return new Outcome.TransactionPrepared(
          present.preparedTime(),
          present.items().stream()
              .map(item -> item.applied(Outcome.Applied.NO_COLLECTION))
              .toList());
    }
    LedgerDecision decision = batch.transactions().decision(prepare.id());
    if (decision != null) {
      return decision.outcome();
    }
    TokenClaim token = prepare.token();
    Outcome known = token == null ? null : tokens.known(token, batch).answer();
    if (known != null) {
      return known;
    }
    return switch (items.evaluate(prepare.items(), stored, true, batch)) {
      case TransactionItems.Result.Refused refused -> refused.outcome();
      case TransactionItems.Result.NoRoom _ -> null;
      case TransactionItems.Result.Ready ready -> {
        HeldTransaction held =
            new HeldTransaction(
                prepare.id(),
                prepare.ledger(),
                !prepare.isLedger(),
                clock.next(),
                ready.items(),
                token);
        if (!batch.transactions().hasRoom(held)) {
          yield new Outcome.Overloaded();
        }
        if (held.stored()) {
          byte[] key = TransactionKeys.prepared(held.id());
          batch.writeSet.put(ColumnFamily.TRANSACTIONS, key, held.encode(key));
        }
        batch.transactions().hold(held);
        yield new Outcome.TransactionPrepared(held.preparedTime(), ready.applied());
      }
    };
  }

  private @Nullable Outcome commit(CommitTransaction commit, Batch batch) {
    LedgerDecision decision = batch.transactions().decision(commit.id());
    if (decision != null) {
      return decision.outcome();
    }
    HeldTransaction held = batch.transactions().held(commit.id());
    if (held == null) {
      return new Outcome.TransactionDecided(false, 0);
    }
    if (!items.fits(held.items(), batch)) {
      return null;
    }
    clock.observe(commit.preparedTime());
    long time = clock.next();
    apply(held.id(), held.items(), time, batch);
    batch.transactions().release(held);
    if (held.token() != null) {
      TokenRecord expired = tokens.known(held.token(), batch).expired();
      tokens.store(held.token(), commit.readUnits(), expired, batch);
    }
    LedgerDecision.Committed committed = new LedgerDecision.Committed(time, commit.participants());
    if (!commit.participants().isEmpty()) {
      decide(commit.id(), committed, batch);
    }
    return committed.outcome();
  }

  private Outcome resolve(TransactionId id, Batch batch) {
    LedgerDecision decision = batch.transactions().decision(id);
    if (decision != null) {
      return decision.outcome();
    }
    HeldTransaction held = batch.transactions().held(id);
    if (held != null) {
      batch.transactions().release(held);
    }
    LedgerDecision.Canceled canceled = new LedgerDecision.Canceled(tokens.expiry());
    decide(id, canceled, batch);
    batch.writeSet.put(
        ColumnFamily.TRANSACTIONS,
        TransactionKeys.expiry(canceled.expires(), TransactionKeys.decision(id)),
        TransactionTokens.NOTHING);
    return canceled.outcome();
  }

  private static void decide(TransactionId id, LedgerDecision decision, Batch batch) {
    byte[] key = TransactionKeys.decision(id);
    batch.writeSet.put(ColumnFamily.TRANSACTIONS, key, decision.encode(key));
    batch.transactions().decide(id, decision);
  }

  private @Nullable Outcome finish(FinishTransaction finish, Batch batch) {
    HeldTransaction held = batch.transactions().held(finish.id());
    if (held == null) {
      return new Outcome.TransactionFinished();
    }
    if (finish.commitTime() != FinishTransaction.CANCEL) {
      if (!items.fits(held.items(), batch)) {
        return null;
      }
      clock.observe(finish.commitTime());
      apply(held.id(), held.items(), finish.commitTime(), batch);
    }
    if (held.stored()) {
      batch.writeSet.delete(ColumnFamily.TRANSACTIONS, TransactionKeys.prepared(held.id()));
    }
    batch.transactions().release(held);
    return new Outcome.TransactionFinished();
  }

  private static Outcome forget(ForgetTransactions forget, Batch batch) {
    for (TransactionId id : forget.ids()) {
      if (batch.transactions().decision(id) instanceof LedgerDecision.Committed) {
        batch.writeSet.delete(ColumnFamily.TRANSACTIONS, TransactionKeys.decision(id));
        batch.transactions().forget(id);
      }
    }
    return new Outcome.TransactionFinished();
  }

  /** A partition that is gone took its items with it. */
  private List<Outcome.Applied> apply(
      TransactionId id, List<HeldItem> held, long time, Batch batch) {
    List<Outcome.Applied> applied = new ArrayList<>(held.size());
    for (HeldItem item : held) {
      PartitionState partition = state.find(item.partition());
      if (partition == null || !item.changes()) {
        applied.add(item.applied(Outcome.Applied.NO_COLLECTION));
        continue;
      }
      ItemEffects.Change change =
          new ItemEffects.Change(
              partition,
              item.key(),
              item.before(),
              item.after(),
              ChangeRecord.Kind.CHANGE,
              time,
              id.mark());
      applied.add(effects.apply(batch, effects.prepare(batch, change)));
    }
    return applied;
  }
}
