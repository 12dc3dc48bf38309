package dev.partita.replication;

import dev.partita.storage.WriteSet;

/**
 * One batch of a group's effects. The log reads the write set until its callback has run; the
 * caller must not change it before.
 *
 * @param groupEpoch epoch of the group, never smaller than that of the entry before
 * @param batchNumber the last applied batch number plus one
 * @param batchId a fresh random id
 * @param hybridTime group time, greater than that of the entry before
 * @param writeSet what the entry changes; may be empty
 */
public record LogEntry(
    long groupEpoch, long batchNumber, BatchId batchId, long hybridTime, WriteSet writeSet) {

  /** The position of a log whose last applied entry is this one. */
  public LogPosition position() {
    return new LogPosition(groupEpoch, batchNumber, batchId, hybridTime);
  }
}
