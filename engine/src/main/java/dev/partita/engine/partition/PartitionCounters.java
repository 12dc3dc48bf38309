package dev.partita.engine.partition;

import dev.partita.storage.format.FieldReader;
import dev.partita.storage.format.FieldWriter;
import java.util.List;

/**
 * Exact counts of a partition, part of every write set that changes it.
 *
 * @param itemCount live items
 * @param itemBytes their sizes by AWS's rules
 * @param lastSequence the sequence number of the newest change
 * @param localIndexes counts of the local indexes that ever had a row here
 */
public record PartitionCounters(
    long itemCount, long itemBytes, long lastSequence, List<LocalIndexCounters> localIndexes) {
  private static final int ITEM_COUNT = 1;
  private static final int ITEM_BYTES = 2;
  private static final int LAST_SEQUENCE = 3;
  private static final int LOCAL_INDEX = 4;
  private static final int INDEX_NUMBER = 1;
  private static final int INDEX_ROWS = 2;
  private static final int INDEX_BYTES = 3;

  static final PartitionCounters ZERO = new PartitionCounters(0, 0, 0);

  /** Counts of a partition without local indexes. */
  public PartitionCounters(long itemCount, long itemBytes, long lastSequence) {
    this(itemCount, itemBytes, lastSequence, List.of());
  }

  byte[] encode() {
    FieldWriter fields =
        new FieldWriter()
            .integer(ITEM_COUNT, itemCount)
            .integer(ITEM_BYTES, itemBytes)
            .integer(LAST_SEQUENCE, lastSequence);
    for (LocalIndexCounters index : localIndexes) {
      fields.nested(
          LOCAL_INDEX,
          new FieldWriter()
              .integer(INDEX_NUMBER, index.number())
              .integer(INDEX_ROWS, index.rowCount())
              .integer(INDEX_BYTES, index.rowBytes()));
    }
    return fields.toRecord();
  }

  static PartitionCounters decode(byte[] record) {
    FieldReader fields = FieldReader.ofRecord(record);
    return new PartitionCounters(
        fields.integer(ITEM_COUNT, 0),
        fields.integer(ITEM_BYTES, 0),
        fields.integer(LAST_SEQUENCE, 0),
        fields.nested(LOCAL_INDEX).stream()
            .map(index ->
                new LocalIndexCounters(
                    (int) index.integer(INDEX_NUMBER, 0),
                    index.integer(INDEX_ROWS, 0),
                    index.integer(INDEX_BYTES, 0)))
            .toList());
  }
}
