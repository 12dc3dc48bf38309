package dev.partita.engine.partition;

import dev.partita.storage.format.FieldReader;
import dev.partita.storage.format.FieldWriter;

/**
 * How far a partition of a global index has taken the changes of a source partition.
 *
 * @param epoch the greatest epoch of the source that was seen
 * @param sequence the last sequence taken
 */
record IndexMark(long epoch, long sequence) {
  static final IndexMark NONE = new IndexMark(0, 0);

  private static final int EPOCH = 1;
  private static final int SEQUENCE = 2;

  byte[] encode() {
    return new FieldWriter().integer(EPOCH, epoch).integer(SEQUENCE, sequence).toRecord();
  }

  static IndexMark decode(byte[] record) {
    FieldReader fields = FieldReader.ofRecord(record);
    return new IndexMark(fields.integer(EPOCH, 0), fields.integer(SEQUENCE, 0));
  }
}
