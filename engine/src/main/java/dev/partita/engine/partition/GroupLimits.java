package dev.partita.engine.partition;

/**
 * Bounds of a replication group.
 *
 * @param queueBytesMax bytes of commands that may wait for the writer
 * @param indexBacklogMax changes of a partition that may wait for its global indexes
 * @param indexBacklogBytesMax the same, in bytes of their records
 * @param collectionBytesMax bytes of an item collection of a table with local indexes, 10 GB on AWS
 */
public record GroupLimits(
    long queueBytesMax, long indexBacklogMax, long indexBacklogBytesMax, long collectionBytesMax) {
  /** What a node uses. */
  public static final GroupLimits DEFAULT =
      new GroupLimits(64L << 20, 50_000, 256L << 20, 10L << 30);
}
