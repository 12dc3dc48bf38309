package dev.partita.engine.partition;

import dev.partita.base.Bytes;
import dev.partita.base.HybridLogicalClock;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.KeyValueStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency tokens of a group. A token is remembered from the commit of its request, in the
 * same write set, for ten minutes; each has one mark that says when it is to be forgotten.
 */
final class TransactionTokens {
  static final byte[] NOTHING = {};

  /** As long as AWS remembers a token. */
  static final long MILLIS_KEPT = 10 * 60 * 1_000L;

  private final KeyValueStore store;
  private final HybridLogicalClock clock;

  TransactionTokens(KeyValueStore store, HybridLogicalClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** When what is noted now is forgotten, milliseconds since 1970. */
  long expiry() {
    return now() + MILLIS_KEPT;
  }

  private long now() {
    return HybridLogicalClock.wallMillis(clock.next());
  }

  /**
   * What is known of a token.
   *
   * @param answer for a request that brings it; null if the request is to be carried out
   * @param expired the record of the token, if its time is over
   */
  record Known(@Nullable Outcome answer, @Nullable TokenRecord expired) {
    static final Known NOTHING = new Known(null, null);
  }

  Known known(TokenClaim claim, Batch batch) {
    HeldTransaction claimant = batch.transactions().claimant(claim.name());
    if (claimant != null && claimant.token() != null) {
      boolean same = claimant.token().digest().equals(claim.digest());
      return new Known(same ? new Outcome.TokenInProgress() : new Outcome.TokenMismatch(), null);
    }
    TokenRecord record = find(claim.name(), batch);
    if (record == null || record.expires() <= now()) {
      return new Known(null, record);
    }
    boolean same = record.digest().equals(claim.digest());
    return new Known(
        same ? new Outcome.TokenReplayed(record.readUnits()) : new Outcome.TokenMismatch(), null);
  }

  private @Nullable TokenRecord find(Bytes name, Batch batch) {
    TokenRecord inBatch = batch.transactions().token(name);
    if (inBatch != null) {
      return inBatch;
    }
    byte[] key = TransactionKeys.token(name);
    byte[] stored = store.get(ColumnFamily.TRANSACTIONS, key);
    return stored == null ? null : TokenRecord.decode(key, stored);
  }

  /**
   * Remembers that the request of a token is carried out.
   *
   * @param expired what {@link #known} told
   */
  void store(
      TokenClaim claim, List<Integer> readUnits, @Nullable TokenRecord expired, Batch batch) {
    byte[] key = TransactionKeys.token(claim.name());
    if (expired != null) {
      batch.writeSet.delete(
          ColumnFamily.TRANSACTIONS, TransactionKeys.expiry(expired.expires(), key));
    }
    TokenRecord record = new TokenRecord(expiry(), claim.digest(), readUnits);
    batch.writeSet.put(ColumnFamily.TRANSACTIONS, key, record.encode(key));
    batch.writeSet.put(
        ColumnFamily.TRANSACTIONS, TransactionKeys.expiry(record.expires(), key), NOTHING);
    batch.transactions().store(claim.name(), record);
  }
}
