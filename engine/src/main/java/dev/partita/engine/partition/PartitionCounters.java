package dev.partita.engine.partition;

import dev.partita.storage.format.FieldReader;
import dev.partita.storage.format.FieldWriter;

/**
 * Exact counts of a partition, part of every write set that changes it.
 *
 * @param itemCount live items
 * @param itemBytes their sizes by AWS's rules
 * @param lastSequence the sequence number of the newest change
 */
public record PartitionCounters(long itemCount, long itemBytes, long lastSequence) {
  private static final int ITEM_COUNT = 1;
  private static final int ITEM_BYTES = 2;
  private static final int LAST_SEQUENCE = 3;

  static final PartitionCounters ZERO = new PartitionCounters(0, 0, 0);

  byte[] encode() {
    return new FieldWriter()
        .integer(ITEM_COUNT, itemCount)
        .integer(ITEM_BYTES, itemBytes)
        .integer(LAST_SEQUENCE, lastSequence)
        .toRecord();
  }

  static PartitionCounters decode(byte[] record) {
    FieldReader fields = FieldReader.ofRecord(record);
    return new PartitionCounters(
        fields.integer(ITEM_COUNT, 0),
        fields.integer(ITEM_BYTES, 0),
        fields.integer(LAST_SEQUENCE, 0));
  }
}
