package dev.partita.engine.partition;

import dev.partita.base.HybridLogicalClock;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Cursor;
import dev.partita.storage.Direction;
import dev.partita.storage.KeyValueStore;

/** Forgets tokens and cancelled transactions whose time is over, some at a time. */
final class TransactionSweep {
  private final KeyValueStore store;
  private final GroupState state;
  private final HybridLogicalClock clock;

  TransactionSweep(KeyValueStore store, GroupState state, HybridLogicalClock clock) {
    this.store = store;
    this.state = state;
    this.clock = clock;
  }

  Outcome evaluate(int countMax, Batch batch) {
    byte[] start = state.transactions.sweptBefore;
    byte[] end = TransactionKeys.expiryStart(HybridLogicalClock.wallMillis(clock.next()) + 1);
    int count = 0;
    byte[] next = start;
    boolean more = false;
    try (Cursor cursor = store.cursor(ColumnFamily.TRANSACTIONS, start, end, Direction.FORWARD)) {
      for (; cursor.isValid(); cursor.next()) {
        if (count == countMax) {
          next = cursor.key();
          more = true;
          break;
        }
        forget(TransactionKeys.expiringRecord(cursor.key()), batch);
        count++;
      }
    }
    if (count == 0) {
      return new Outcome.Swept(false);
    }
    byte[] sweptBefore = more ? next : end;
    batch.writeSet.deleteRange(ColumnFamily.TRANSACTIONS, start, sweptBefore);
    batch.whenApplied(() -> state.transactions.sweptBefore = sweptBefore);
    return new Outcome.Swept(more);
  }

  private static void forget(byte[] recordKey, Batch batch) {
    batch.writeSet.delete(ColumnFamily.TRANSACTIONS, recordKey);
    if (TransactionKeys.isDecision(recordKey)) {
      batch.transactions().forget(TransactionKeys.id(recordKey));
    }
  }
}
