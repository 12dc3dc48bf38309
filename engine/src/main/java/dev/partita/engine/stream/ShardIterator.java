package dev.partita.engine.stream;

import dev.partita.engine.partition.PartitionId;

/**
 * A place in a shard from which records are read.
 *
 * @param arn of the stream
 * @param streamId of the stream
 * @param partition whose changes the shard has
 * @param shard the number of the shard within the partition
 * @param sequence the least that the next record may have
 * @param created milliseconds since 1970 by the service clock
 */
record ShardIterator(
    String arn, long streamId, PartitionId partition, int shard, long sequence, long created) {

  /** The same shard, further on. */
  ShardIterator advance(long nextSequence, long now) {
    return new ShardIterator(arn, streamId, partition, shard, nextSequence, now);
  }
}
