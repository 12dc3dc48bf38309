package dev.partita.engine.router;

import dev.partita.engine.metadata.PartitionMap;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.engine.partition.LocalIndexCounters;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroup.CachedItem;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.engine.partition.StoredItem;
import dev.partita.storage.Direction;
import dev.partita.storage.format.KeyRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds tables, partitions and groups, and carries reads and writes to them. Thread-safe. */
public final class RequestRouter {
  private static final String ARN_PREFIX = "arn:aws:dynamodb:";
  private static final String TABLE_RESOURCE = ":table/";

  private final TableCatalog catalog;
  private final List<ReplicationGroup> groups;
  private final ReadPool readPool;

  /** A router over the data groups of this node, group 1 first. */
  public RequestRouter(TableCatalog catalog, List<ReplicationGroup> groups, ReadPool readPool) {
    this.catalog = catalog;
    this.groups = List.copyOf(groups);
    this.readPool = readPool;
  }

  /** The table of this name; null if there is none. */
  public @Nullable TableDescriptor find(String name) {
    return catalog.find(name);
  }

  /**
   * The table that an ARN names; null if there is none. Region and account of the ARN do not
   * matter: one server is one region, whatever clients take it for.
   */
  public @Nullable TableDescriptor findByArn(String arn) {
    int name = arn.indexOf(TABLE_RESOURCE);
    return arn.startsWith(ARN_PREFIX) && name >= 0
        ? catalog.find(arn.substring(name + TABLE_RESOURCE.length()))
        : null;
  }

  /** Where reads that may touch the disk run. */
  public ReadPool readPool() {
    return readPool;
  }

  /** Sends a write to the leader of the item's partition. Never blocks. */
  public void write(
      TableDescriptor table,
      byte[] key,
      ItemMutation mutation,
      int queuedBytes,
      Consumer<Outcome> callback) {
    PartitionPlacement placement = placement(table, key);
    group(placement.group())
        .submit(
            new GroupCommand.WriteItem(
                placement.partition(),
                table.tableId(),
                table.schemaVersion(),
                key,
                mutation,
                queuedBytes,
                callback));
  }

  /** Reads an item without touching the disk, if that can be done. */
  public CachedItem readCached(TableDescriptor table, byte[] key) {
    return group(placement(table, key).group()).readCached(key);
  }

  /** Reads an item. May touch the disk. */
  public @Nullable StoredItem read(TableDescriptor table, byte[] key) {
    return group(placement(table, key).group()).items().read(key);
  }

  /** Reads several items of a table, in their order. May touch the disk. */
  public List<@Nullable StoredItem> read(TableDescriptor table, List<byte[]> keys) {
    Map<ReplicationGroupId, List<Integer>> byGroup = new HashMap<>();
    for (int index = 0; index < keys.size(); index++) {
      byGroup
          .computeIfAbsent(placement(table, keys.get(index)).group(), _ -> new ArrayList<>())
          .add(index);
    }
    @Nullable StoredItem[] items = new StoredItem[keys.size()];
    byGroup.forEach((group, indices) -> {
      List<@Nullable StoredItem> read =
          group(group).items().read(indices.stream().map(keys::get).toList());
      for (int position = 0; position < indices.size(); position++) {
        items[indices.get(position)] = read.get(position);
      }
    });
    List<@Nullable StoredItem> result = new ArrayList<>(items.length);
    for (@Nullable StoredItem item : items) {
      result.add(item);
    }
    return result;
  }

  /**
   * Walks the items of a key range of a table or global index over its partitions. May touch the
   * disk.
   */
  public RangeCursor cursor(PartitionMap map, KeyRange range, Direction direction) {
    return new RangeCursor(this, map, range, direction, RangeCursor.ITEMS);
  }

  /**
   * Walks the rows of a local index in a key range over the partitions of its table. May touch the
   * disk.
   */
  public RangeCursor localIndexCursor(
      PartitionMap map, int indexNumber, KeyRange range, Direction direction) {
    return new RangeCursor(this, map, range, direction, indexNumber);
  }

  /** The partition that holds a storage key. */
  public PartitionId partition(TableDescriptor table, byte[] key) {
    return placement(table, key).partition();
  }

  /** The counts of a table or global index over all its partitions. */
  public PartitionCounters counters(PartitionMap map) {
    long items = 0;
    long bytes = 0;
    Map<Integer, LocalIndexCounters> localIndexes = new TreeMap<>();
    for (PartitionPlacement placement : map.partitions()) {
      PartitionCounters counters = group(placement.group()).counters(placement.partition());
      if (counters != null) {
        items += counters.itemCount();
        bytes += counters.itemBytes();
        for (LocalIndexCounters index : counters.localIndexes()) {
          localIndexes.merge(index.number(), index, LocalIndexCounters::plus);
        }
      }
    }
    return new PartitionCounters(items, bytes, 0, List.copyOf(localIndexes.values()));
  }

  /** The data group of this id. */
  public ReplicationGroup group(ReplicationGroupId id) {
    return groups.get(id.value() - 1);
  }

  private static PartitionPlacement placement(TableDescriptor table, byte[] key) {
    return table.partitionMap().placement(key);
  }
}
