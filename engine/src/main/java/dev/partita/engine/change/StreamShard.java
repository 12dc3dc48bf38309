package dev.partita.engine.change;

import dev.partita.storage.format.FieldReader;
import dev.partita.storage.format.FieldWriter;

/**
 * A part of a stream: the changes of one partition between two sequences.
 *
 * @param number counts the shards of the partition, over all its streams
 * @param parent the number of the shard before it in the same stream; 0 for none
 * @param firstSequence the least sequence that a record of it may have
 * @param lastSequence the greatest; {@link #OPEN} while it is open
 * @param opened milliseconds since 1970
 * @param closed milliseconds since 1970, 0 while it is open
 */
public record StreamShard(
    long streamId,
    int number,
    int parent,
    long firstSequence,
    long lastSequence,
    long opened,
    long closed) {
  /** The last sequence of a shard that is still written. */
  public static final long OPEN = Long.MAX_VALUE;

  private static final int STREAM_ID = 1;
  private static final int NUMBER = 2;
  private static final int PARENT = 3;
  private static final int FIRST_SEQUENCE = 4;
  private static final int LAST_SEQUENCE = 5;
  private static final int OPENED = 6;
  private static final int CLOSED = 7;

  /** Whether records are still added. */
  public boolean isOpen() {
    return lastSequence == OPEN;
  }

  StreamShard close(long sequence, long now) {
    return new StreamShard(streamId, number, parent, firstSequence, sequence, opened, now);
  }

  FieldWriter encode() {
    return new FieldWriter()
        .integer(STREAM_ID, streamId)
        .integer(NUMBER, number)
        .integer(PARENT, parent)
        .integer(FIRST_SEQUENCE, firstSequence)
        .integer(LAST_SEQUENCE, lastSequence)
        .integer(OPENED, opened)
        .integer(CLOSED, closed);
  }

  static StreamShard decode(FieldReader fields) {
    return new StreamShard(
        fields.integer(STREAM_ID, 0),
        (int) fields.integer(NUMBER, 0),
        (int) fields.integer(PARENT, 0),
        fields.integer(FIRST_SEQUENCE, 0),
        fields.integer(LAST_SEQUENCE, 0),
        fields.integer(OPENED, 0),
        fields.integer(CLOSED, 0));
  }
}
