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
import dev.partita.engine.router.StaleReads.PastState;
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

  /** What eventually consistent reads see; null unless tests may make them stale. */
  private final @Nullable StaleReads staleReads;

  /** A router over the data groups of this node, group 1 first. */
  public RequestRouter(TableCatalog catalog, List<ReplicationGroup> groups, ReadPool readPool) {
    this(catalog, groups, readPool, null);
  }

  /**
   * As above, with eventually consistent reads that may be stale.
   *
   * @param staleReads null if they never are
   */
  public RequestRouter(
      TableCatalog catalog,
      List<ReplicationGroup> groups,
      ReadPool readPool,
      @Nullable StaleReads staleReads) {
    this.catalog = catalog;
    this.groups = List.copyOf(groups);
    this.readPool = readPool;
    this.staleReads = staleReads;
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
  public CachedItem readCached(TableDescriptor table, byte[] key, boolean consistent) {
    ReplicationGroup group = group(placement(table, key).group());
    try (PastState past = past(group, consistent)) {
      return past == null ? group.readCached(key) : CachedItem.NOT_CACHED;
    }
  }

  /** Reads an item. May touch the disk. */
  public @Nullable StoredItem read(TableDescriptor table, byte[] key, boolean consistent) {
    ReplicationGroup group = group(placement(table, key).group());
    try (PastState past = past(group, consistent)) {
      return (past == null ? group.items() : past.items()).read(key);
    }
  }

  /** What a read sees of a group; null for the present. To be closed. */
  @Nullable PastState past(ReplicationGroup group, boolean consistent) {
    return staleReads == null || consistent ? null : staleReads.state(group);
  }

  /** Reads several items of a table, in their order. May touch the disk. */
  public List<@Nullable StoredItem> read(
      TableDescriptor table, List<byte[]> keys, boolean consistent) {
    Map<ReplicationGroupId, List<Integer>> byGroup = new HashMap<>();
    for (int index = 0; index < keys.size(); index++) {
      byGroup
          .computeIfAbsent(placement(table, keys.get(index)).group(), _ -> new ArrayList<>())
          .add(index);
    }
    @Nullable StoredItem[] items = new StoredItem[keys.size()];
    byGroup.forEach((id, indices) -> {
      List<@Nullable StoredItem> read =
          read(group(id), indices.stream().map(keys::get).toList(), consistent);
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

  private List<@Nullable StoredItem> read(
      ReplicationGroup group, List<byte[]> keys, boolean consistent) {
    try (PastState past = past(group, consistent)) {
      return (past == null ? group.items() : past.items()).read(keys);
    }
  }

  /** Walks the items of a key range of a table over its partitions. May touch the disk. */
  public RangeCursor cursor(
      PartitionMap map, KeyRange range, Direction direction, boolean consistent) {
    return new RangeCursor(this, map, range, direction, RangeCursor.ITEMS, consistent);
  }

  /**
   * Walks the rows of a key range of a global index over its partitions, as far as it has come. May
   * touch the disk.
   */
  public RangeCursor globalIndexCursor(PartitionMap map, KeyRange range, Direction direction) {
    return new RangeCursor(this, map, range, direction, RangeCursor.ITEMS, true);
  }

  /**
   * Walks the rows of a local index in a key range over the partitions of its table. May touch the
   * disk.
   */
  public RangeCursor localIndexCursor(
      PartitionMap map, int indexNumber, KeyRange range, Direction direction, boolean consistent) {
    return new RangeCursor(this, map, range, direction, indexNumber, consistent);
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
