package dev.partita.engine.partition;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A step of a transaction in one group. Everything but {@link TransactWrite} is part of a
 * transaction over several groups: its ledger group knows whether it is committed, and repeating a
 * step is harmless.
 */
public sealed interface TransactionCommand extends GroupCommand.DataCommand {

  /** The commands that end a transaction are of no table. */
  int NO_TABLE = 0;

  /**
   * A whole transaction whose items and token belong to this group: all items are written, or none.
   *
   * @param token null if the request brings none
   */
  record TransactWrite(
      TransactionId id,
      List<TransactionItem> items,
      @Nullable TokenClaim token,
      int queuedBytes,
      Consumer<Outcome> callback)
      implements TransactionCommand {
    @Override
    public int tableId() {
      return items.getFirst().tableId();
    }

    @Override
    public List<byte[]> keys() {
      return items.stream().map(TransactionItem::key).toList();
    }
  }

  /**
   * The first phase: works out what the transaction does to this group's items and locks them. What
   * was worked out is stored, except in the ledger group, where it lives only in memory until the
   * decision, which carries it out: if the memory is lost, the transaction is not decided and never
   * will be.
   *
   * @param ledger the group that decides
   * @param isLedger whether that is this group, which may have no items
   * @param token claimed in the ledger group; null elsewhere and if the request brings none
   */
  record PrepareTransaction(
      TransactionId id,
      ReplicationGroupId ledger,
      boolean isLedger,
      List<TransactionItem> items,
      @Nullable TokenClaim token,
      int queuedBytes,
      Consumer<Outcome> callback)
      implements TransactionCommand {
    @Override
    public int tableId() {
      return items.isEmpty() ? NO_TABLE : items.getFirst().tableId();
    }

    @Override
    public List<byte[]> keys() {
      return items.stream().map(TransactionItem::key).toList();
    }
  }

  /** A step that lets go of what is held. Always taken: what is held bounds the number of steps. */
  sealed interface Releasing extends TransactionCommand {
    @Override
    default int tableId() {
      return NO_TABLE;
    }

    @Override
    default int queuedBytes() {
      return 0;
    }

    @Override
    default List<byte[]> keys() {
      return List.of();
    }
  }

  /**
   * In the ledger group, when all groups are prepared: commits, and carries out the ledger group's
   * own part. A transaction that is not prepared here is cancelled.
   *
   * @param participants the other groups, which have to be told
   * @param preparedTime the latest time that one of them answered
   * @param readUnits for each table of the request in order, what a repeated request is told
   */
  record CommitTransaction(
      TransactionId id,
      List<ReplicationGroupId> participants,
      long preparedTime,
      List<Integer> readUnits,
      Consumer<Outcome> callback)
      implements Releasing {}

  /**
   * In the ledger group, on behalf of a transaction whose coordinator is gone: cancels it unless it
   * is committed, and remembers that for a while, so that it never will be.
   */
  record ResolveTransaction(TransactionId id, Consumer<Outcome> callback) implements Releasing {}

  /**
   * The second phase in a group other than the ledger: writes what was prepared, or drops it.
   *
   * @param commitTime the time of the commit; {@link #CANCEL} drops
   */
  record FinishTransaction(TransactionId id, long commitTime, Consumer<Outcome> callback)
      implements Releasing {
    /** The transaction is cancelled. */
    public static final long CANCEL = 0;
  }

  /** In the ledger group: these transactions are finished in all groups. */
  record ForgetTransactions(List<TransactionId> ids, Consumer<Outcome> callback)
      implements Releasing {}
}
