package dev.partita.engine.stream;

import dev.partita.engine.change.ChangeLogState;
import dev.partita.engine.change.StreamShard;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.StreamDescriptor;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.engine.stream.StreamDirectory.Found;
import dev.partita.model.api.DescribeStreamRequest;
import dev.partita.model.api.DescribeStreamResponse;
import dev.partita.model.api.KeySchemaElement;
import dev.partita.model.api.SequenceNumberRange;
import dev.partita.model.api.Shard;
import dev.partita.model.api.ShardFilter;
import dev.partita.model.api.StreamDescription;
import dev.partita.model.api.StreamStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DescribeStream. Shards are ordered by their names, which is the order of time: what is opened
 * while a client pages comes at the end.
 */
final class StreamDescriptions {
  private static final int LIMIT_DEFAULT = 100;
  private static final double MILLIS_PER_SECOND = 1000.0;

  private final StreamDirectory directory;
  private final ServerIdentity identity;

  StreamDescriptions(StreamDirectory directory, ServerIdentity identity) {
    this.directory = directory;
    this.identity = identity;
  }

  /** The shards of a stream, and on how many of the partitions one is open. */
  private record Shards(List<Shard> all, int open) {}

  DescribeStreamResponse describe(DescribeStreamRequest request) {
    Found found = directory.require(request.streamArn());
    Shards shards = shards(found);
    List<Shard> asked = filtered(shards.all, request.shardFilter());
    String start = request.exclusiveStartShardId();
    if (start != null) {
      asked = asked.stream().filter(shard -> shard.shardId().compareTo(start) > 0).toList();
    }
    int limit = request.limit() == null ? LIMIT_DEFAULT : request.limit();
    boolean more = asked.size() > limit;
    List<Shard> page = more ? asked.subList(0, limit) : asked;
    TableDescriptor table = found.table();
    StreamDescriptor stream = found.stream();
    return new DescribeStreamResponse(
        new StreamDescription(
            identity.streamArn(table.name(), stream.label()),
            stream.label(),
            status(found, shards.open),
            stream.viewType(),
            stream.created() / MILLIS_PER_SECOND,
            table.name(),
            table.keySchema().attributes().stream()
                .map(attribute -> new KeySchemaElement(attribute.name(), attribute.keyType()))
                .toList(),
            page,
            more ? page.getLast().shardId() : null));
  }

  private Shards shards(Found found) {
    List<Shard> all = new ArrayList<>();
    int open = 0;
    for (PartitionPlacement placement : found.table().partitions()) {
      ChangeLogState log = directory.group(placement.group()).changeLog(placement.partition());
      if (log == null) {
        continue;
      }
      for (StreamShard shard : log.shards()) {
        if (shard.streamId() == found.stream().streamId()) {
          all.add(shard(placement.partition(), log, shard));
          open += shard.isOpen() ? 1 : 0;
        }
      }
    }
    all.sort(Comparator.comparing(Shard::shardId));
    return new Shards(all, open);
  }

  private static Shard shard(PartitionId partition, ChangeLogState log, StreamShard shard) {
    StreamShard parent = StreamDirectory.shard(log, shard.streamId(), shard.parent());
    return new Shard(
        ShardId.of(partition, shard).text(),
        new SequenceNumberRange(
            SequenceNumbers.format(shard.firstSequence()),
            shard.isOpen() ? null : SequenceNumbers.format(shard.lastSequence())),
        parent == null ? null : ShardId.of(partition, parent).text());
  }

  private static List<Shard> filtered(List<Shard> shards, @Nullable ShardFilter filter) {
    String parent = filter == null ? null : filter.shardId();
    if (parent == null) {
      return shards;
    }
    if (shards.stream().noneMatch(shard -> shard.shardId().equals(parent))) {
      throw StreamErrors.shardNotFound();
    }
    return shards.stream().filter(shard -> parent.equals(shard.parentShardId())).toList();
  }

  /** Partitions take part in enabling and disabling one after another. */
  private static StreamStatus status(Found found, int openShards) {
    if (found.stream().isEnabled()) {
      return openShards < found.table().partitions().size()
          ? StreamStatus.ENABLING
          : StreamStatus.ENABLED;
    }
    return openShards > 0 ? StreamStatus.DISABLING : StreamStatus.DISABLED;
  }
}
