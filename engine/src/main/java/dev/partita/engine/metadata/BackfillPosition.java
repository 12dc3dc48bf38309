package dev.partita.engine.metadata;

import dev.partita.base.Bytes;
import dev.partita.engine.partition.PartitionId;
import org.jspecify.annotations.Nullable;

/**
 * How far a backfill has come in one partition of its table.
 *
 * @param purpose the number of the global index that is filled; {@link #TIME_TO_LIVE} if items are
 *     marked with the time at which they expire
 * @param partition of the table
 * @param lastKey items up to this storage key are done; null before the first
 * @param itemsDone how many those are
 * @param finished whether nothing is left to do
 */
public record BackfillPosition(
    int purpose, PartitionId partition, @Nullable Bytes lastKey, long itemsDone, boolean finished) {
  /** The purpose that is not an index; no index has this number. */
  public static final int TIME_TO_LIVE = 0;
}
