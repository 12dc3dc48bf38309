package dev.partita.engine.stream;

import dev.partita.engine.change.ChangeLogState;
import dev.partita.engine.change.StreamShard;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.engine.stream.StreamDirectory.Found;
import dev.partita.model.api.GetShardIteratorRequest;
import dev.partita.model.api.ShardIteratorType;
import org.jspecify.annotations.Nullable;

/** GetShardIterator: from the words of a request to a place in a shard. */
final class ShardPositions {
  private final StreamDirectory directory;
  private final ServerIdentity identity;

  ShardPositions(StreamDirectory directory, ServerIdentity identity) {
    this.directory = directory;
    this.identity = identity;
  }

  ShardIterator find(GetShardIteratorRequest request, long now) {
    Found found = directory.require(request.streamArn());
    ShardId id = ShardId.parse(request.shardId());
    ReplicationGroup group = id == null ? null : directory.groupOf(found.table(), id.partition());
    if (id == null || group == null) {
      throw StreamErrors.shardNotFound();
    }
    PartitionCounters counters = group.counters(id.partition());
    ChangeLogState log = group.changeLog(id.partition());
    StreamShard shard =
        log == null ? null : StreamDirectory.shard(log, found.stream().streamId(), id.number());
    if (counters == null || log == null || shard == null || shard.opened() != id.opened()) {
      throw StreamErrors.shardNotFound();
    }
    return new ShardIterator(
        identity.streamArn(found.table().name(), found.stream().label()),
        shard.streamId(),
        id.partition(),
        shard.number(),
        position(request, shard, log.trimmedThrough(), counters.lastSequence()),
        now);
  }

  private static long position(
      GetShardIteratorRequest request, StreamShard shard, long trimmedThrough, long lastSequence) {
    ShardIteratorType type = request.shardIteratorType();
    return switch (type) {
      case TRIM_HORIZON -> Math.max(shard.firstSequence(), trimmedThrough + 1);
      case LATEST ->
          shard.isOpen()
              ? Math.max(shard.firstSequence(), lastSequence + 1)
              : shard.lastSequence() + 1;
      case AT_SEQUENCE_NUMBER ->
          untrimmed(sequence(request.sequenceNumber(), shard, lastSequence), trimmedThrough);
      case AFTER_SEQUENCE_NUMBER ->
          untrimmed(sequence(request.sequenceNumber(), shard, lastSequence) + 1, trimmedThrough);
    };
  }

  /** A number that the shard has given, or its first one, which clients know from its range. */
  private static long sequence(@Nullable String number, StreamShard shard, long lastSequence) {
    long sequence = number == null ? SequenceNumbers.INVALID : SequenceNumbers.parse(number);
    long last =
        shard.isOpen() ? Math.max(shard.firstSequence(), lastSequence) : shard.lastSequence();
    if (sequence < shard.firstSequence() || sequence > last) {
      throw StreamErrors.invalidSequenceNumber();
    }
    return sequence;
  }

  private static long untrimmed(long position, long trimmedThrough) {
    if (position <= trimmedThrough) {
      throw StreamErrors.trimmed();
    }
    return position;
  }
}
