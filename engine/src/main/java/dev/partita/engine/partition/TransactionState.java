package dev.partita.engine.partition;

import dev.partita.base.Bytes;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Cursor;
import dev.partita.storage.Direction;
import dev.partita.storage.KeyValueStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The transactions of a group that are under way, as its log has left them. The writer alone
 * changes it, after an entry is applied and before it is answered; anybody may read.
 */
final class TransactionState {
  final Map<TransactionId, HeldTransaction> held = new ConcurrentHashMap<>();

  /** Which transaction holds an item. */
  final Map<Bytes, TransactionId> locks = new ConcurrentHashMap<>();

  /** Which transaction has claimed a token, in the ledger group. */
  final Map<Bytes, TransactionId> claims = new ConcurrentHashMap<>();

  final Map<TransactionId, LedgerDecision> decisions = new ConcurrentHashMap<>();

  /** About the memory that {@link #held} takes. */
  long heldBytes;

  /** What expired before this key is swept, so that the sweep need not pass over it again. */
  byte[] sweptBefore = TransactionKeys.expiryStart(0);

  /** Reads what is stored; locks the items of prepared transactions. */
  void load(KeyValueStore store) {
    try (Cursor cursor =
        store.cursor(
            ColumnFamily.TRANSACTIONS,
            TransactionKeys.preparedStart(),
            TransactionKeys.preparedEnd(),
            Direction.FORWARD)) {
      for (; cursor.isValid(); cursor.next()) {
        HeldTransaction transaction =
            HeldTransaction.decode(
                cursor.key(),
                cursor.value(),
                key -> StoredItem.read(key, store.get(ColumnFamily.ITEMS, key)));
        held.put(transaction.id(), transaction);
        heldBytes += transaction.memoryBytes();
        for (HeldItem item : transaction.items()) {
          locks.put(Bytes.wrap(item.key()), transaction.id());
        }
      }
    }
    try (Cursor cursor =
        store.cursor(
            ColumnFamily.TRANSACTIONS,
            TransactionKeys.decisionsStart(),
            TransactionKeys.decisionsEnd(),
            Direction.FORWARD)) {
      for (; cursor.isValid(); cursor.next()) {
        byte[] key = cursor.key();
        decisions.put(TransactionKeys.id(key), LedgerDecision.decode(key, cursor.value()));
      }
    }
  }

  boolean isLocked(byte[] key) {
    return !locks.isEmpty() && locks.containsKey(Bytes.wrap(key));
  }
}
