package dev.partita.engine.partition;

import dev.partita.model.api.ApiError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a command. All but {@link Unknown} are certain. */
public sealed interface Outcome {

  /**
   * The write is durable.
   *
   * @param before the item that it met, null if there was none
   * @param after the item that it left, null if there is none
   * @param collectionBytes the size of the item collection after the write; {@link #NO_COLLECTION}
   *     for a table without local indexes
   */
  record Applied(@Nullable StoredItem before, @Nullable StoredItem after, long collectionBytes)
      implements Outcome {
    /** Sizes of item collections are known for tables with local indexes only. */
    public static final long NO_COLLECTION = -1;

    /** A write to a table without local indexes. */
    public Applied(@Nullable StoredItem before, @Nullable StoredItem after) {
      this(before, after, NO_COLLECTION);
    }
  }

  /** The condition did not hold; nothing changed. */
  record ConditionFailed(@Nullable StoredItem before) implements Outcome {}

  /** The write could not be applied to the item that it met; nothing changed. */
  record Refused(ApiError error, @Nullable StoredItem before) implements Outcome {}

  /** The partition is not here (any more); nothing changed. */
  record WrongPartition() implements Outcome {}

  /** The request was planned with another version of the schema; nothing changed. */
  record StaleSchema() implements Outcome {}

  /** A transaction that is under way holds the item; nothing changed. */
  record TransactionConflict() implements Outcome {}

  /** The global indexes of the table are too far behind; nothing changed. */
  record IndexBacklogFull() implements Outcome {}

  /** Too much is waiting; nothing changed. */
  record Overloaded() implements Outcome {}

  /**
   * The group takes no writes, such as on a full disk; nothing changed.
   *
   * @param reason in words for whoever sent the write
   */
  record Unavailable(String reason) implements Outcome {}

  /** The write may or may not be applied. */
  record Unknown() implements Outcome {}

  /** What became of a step of a transaction, or of a whole one. */
  sealed interface OfTransaction extends Outcome {}

  /**
   * The transaction is durable.
   *
   * @param time of the commit
   * @param items one for each item of the transaction, in order
   */
  record TransactionApplied(long time, List<Applied> items) implements OfTransaction {}

  /**
   * The items are locked until the transaction is finished.
   *
   * @param time the transaction must not be committed at an earlier one
   * @param items what will be if it is committed, one for each item, in order
   */
  record TransactionPrepared(long time, List<Applied> items) implements OfTransaction {}

  /**
   * The transaction must not be committed; nothing changed.
   *
   * @param items one for each item, in order; {@link Applied} for those that are not the cause
   */
  record TransactionCanceled(List<Outcome> items) implements OfTransaction {}

  /**
   * The token stands for a request that was carried out before; nothing changed.
   *
   * @param readUnits for each table of the request in order
   */
  record TokenReplayed(List<Integer> readUnits) implements OfTransaction {}

  /** The token stands for another request; nothing changed. */
  record TokenMismatch() implements OfTransaction {}

  /** The token stands for a request that is being carried out; nothing changed. */
  record TokenInProgress() implements OfTransaction {}

  /**
   * Whether the transaction is committed: it will stay so.
   *
   * @param time of the commit, 0 if it is cancelled
   */
  record TransactionDecided(boolean committed, long time) implements OfTransaction {}

  /** The group holds nothing of the transaction any more. */
  record TransactionFinished() implements OfTransaction {}

  /**
   * What was too old is forgotten.
   *
   * @param more whether there may be more of it
   */
  record Swept(boolean more) implements OfTransaction {}
}
