package dev.partita.engine.stream;

import dev.partita.engine.change.ChangeLogState;
import dev.partita.engine.change.StreamShard;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.StreamDescriptor;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds streams by their ARNs, and the groups that hold their shards. */
final class StreamDirectory {
  private final TableCatalog catalog;
  private final List<ReplicationGroup> groups;

  /** Over the data groups of this node, group 1 first. */
  StreamDirectory(TableCatalog catalog, List<ReplicationGroup> groups) {
    this.catalog = catalog;
    this.groups = List.copyOf(groups);
  }

  /** A stream and its table, as they are at one moment. */
  record Found(TableDescriptor table, StreamDescriptor stream) {}

  TableCatalog catalog() {
    return catalog;
  }

  /** The stream that an ARN names; refuses what is no ARN of a stream, or of none that exists. */
  Found require(String arn) {
    StreamArn parsed = StreamArn.parse(arn);
    if (parsed == null) {
      throw StreamErrors.invalidStreamArn();
    }
    TableDescriptor table = catalog.find(parsed.tableName());
    if (table != null) {
      for (StreamDescriptor stream : table.derived().streams()) {
        if (stream.label().equals(parsed.label())) {
          return new Found(table, stream);
        }
      }
    }
    throw StreamErrors.streamNotFound(arn);
  }

  /** The group that holds a partition of a table; null if it is not the table's. */
  @Nullable ReplicationGroup groupOf(TableDescriptor table, PartitionId partition) {
    for (PartitionPlacement placement : table.partitions()) {
      if (placement.partition().equals(partition)) {
        return group(placement.group());
      }
    }
    return null;
  }

  ReplicationGroup group(ReplicationGroupId id) {
    return groups.get(id.value() - 1);
  }

  /** The shard of a stream with this number; null if there is none (any more). */
  static @Nullable StreamShard shard(ChangeLogState log, long streamId, int number) {
    for (StreamShard shard : log.shards()) {
      if (shard.streamId() == streamId && shard.number() == number) {
        return shard;
      }
    }
    return null;
  }
}
