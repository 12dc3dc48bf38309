package dev.partita.engine.partition;

import dev.partita.base.Bytes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The transactions of a group as a batch has left them so far. */
final class TransactionDraft {
  /** The memory that transactions of a group may hold together; one alone may hold more. */
  private static final long HELD_BYTES_MAX = 64L << 20;

  private final TransactionState state;
  private final MapDraft<TransactionId, HeldTransaction> held;
  private final MapDraft<Bytes, TransactionId> locks;
  private final MapDraft<Bytes, TransactionId> claims;
  private final MapDraft<TransactionId, LedgerDecision> decisions;
  private final Map<Bytes, TokenRecord> tokens = new HashMap<>();
  private long heldBytes;

  TransactionDraft(TransactionState state) {
    this.state = state;
    this.heldBytes = state.heldBytes;
    this.held = new MapDraft<>(state.held);
    this.locks = new MapDraft<>(state.locks);
    this.claims = new MapDraft<>(state.claims);
    this.decisions = new MapDraft<>(state.decisions);
  }

  @Nullable HeldTransaction held(TransactionId id) {
    return held.get(id);
  }

  boolean isLocked(byte[] key) {
    return locks.get(Bytes.wrap(key)) != null;
  }

  /** The transaction that has claimed a token; null if none has. */
  @Nullable HeldTransaction claimant(Bytes tokenName) {
    TransactionId id = claims.get(tokenName);
    return id == null ? null : held.get(id);
  }

  @Nullable LedgerDecision decision(TransactionId id) {
    return decisions.get(id);
  }

  /** A token that this batch has stored; null if it has not. */
  @Nullable TokenRecord token(Bytes name) {
    return tokens.get(name);
  }

  /** Whether there is memory for another transaction. */
  boolean hasRoom(HeldTransaction transaction) {
    return heldBytes == 0 || heldBytes + transaction.memoryBytes() <= HELD_BYTES_MAX;
  }

  void hold(HeldTransaction transaction) {
    held.put(transaction.id(), transaction);
    heldBytes += transaction.memoryBytes();
    for (HeldItem item : transaction.items()) {
      locks.put(Bytes.wrap(item.key()), transaction.id());
    }
    if (transaction.token() != null) {
      claims.put(transaction.token().name(), transaction.id());
    }
  }

  void release(HeldTransaction transaction) {
    held.remove(transaction.id());
    heldBytes -= transaction.memoryBytes();
    for (HeldItem item : transaction.items()) {
      locks.remove(Bytes.wrap(item.key()));
    }
    if (transaction.token() != null) {
      claims.remove(transaction.token().name());
    }
  }

  void decide(TransactionId id, LedgerDecision decision) {
    decisions.put(id, decision);
  }

  void forget(TransactionId id) {
    decisions.remove(id);
  }

  void store(Bytes tokenName, TokenRecord token) {
    tokens.put(tokenName, token);
  }

  void apply() {
    state.heldBytes = heldBytes;
    held.apply();
    locks.apply();
    claims.apply();
    decisions.apply();
  }
}
