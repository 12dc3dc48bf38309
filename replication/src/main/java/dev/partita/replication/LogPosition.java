package dev.partita.replication;

/**
 * The last applied entry of a replication log.
 *
 * @param groupEpoch epoch of the group when the entry was proposed
 * @param batchNumber 1 for the first entry, then one more each
 * @param batchId the entry's id
 * @param hybridTime the entry's group time ({@code dev.partita.base.HybridLogicalClock})
 */
public record LogPosition(long groupEpoch, long batchNumber, BatchId batchId, long hybridTime) {
  /** Before the first entry. */
  public static final LogPosition START = new LogPosition(0, 0, BatchId.NONE, 0);
}
