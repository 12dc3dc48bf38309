package dev.partita.engine.partition;

import dev.partita.model.api.ApiError;
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
}
