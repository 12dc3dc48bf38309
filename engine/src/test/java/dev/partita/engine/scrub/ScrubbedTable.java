package dev.partita.engine.scrub;

import dev.partita.base.Bytes;
import dev.partita.base.Clock;
import dev.partita.base.RandomSource;
import dev.partita.engine.globalindex.IndexPropagation;
import dev.partita.engine.globalindex.PropagationDelay;
import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.ProjectedAttributes;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.DerivedData;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.PartitionMap;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.PlacedTables;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.metadata.TableSettings;
import dev.partita.engine.metadata.TimeToLive;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.GroupLimits;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.MemoryLog;
import dev.partita.engine.partition.MemoryStore;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.AttributeValue.NumberValue;
import dev.partita.model.AttributeValue.StringValue;
import dev.partita.model.DecimalNumber;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.IndexStatus;
import dev.partita.model.api.ProjectionType;
import dev.partita.model.api.TableStatus;
import dev.partita.model.api.TimeToLiveStatus;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Cursor;
import dev.partita.storage.Direction;
import dev.partita.storage.WriteSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table with keys p and s, a local index byX (keys only), a global index byY of partition key y
 * and sort key x (which includes v), and time to live in e; in two groups of memory stores.
 */
final class ScrubbedTable {
  static final String NAME = "t";
  static final int LOCAL_NUMBER = 1;
  static final int TABLE = 1;
  static final int INDEX = 2;
  private static final int GROUPS = 2;
  private static final KeySchema KEY =
      new KeySchema(
          new KeyAttribute("p", KeyType.HASH, AttributeType.S),
          new KeyAttribute("s", KeyType.RANGE, AttributeType.N));
  static final IndexDefinition BY_X =
      new IndexDefinition(
          "byX",
          LOCAL_NUMBER,
          new KeySchema(
              new KeyAttribute("p", KeyType.HASH, AttributeType.S),
              new KeyAttribute("x", KeyType.RANGE, AttributeType.N)),
          new ProjectedAttributes(ProjectionType.KEYS_ONLY, List.of()));
  static final IndexDefinition BY_Y =
      new IndexDefinition(
          "byY",
          INDEX,
          new KeySchema(
              new KeyAttribute("y", KeyType.HASH, AttributeType.S),
              new KeyAttribute("x", KeyType.RANGE, AttributeType.N)),
          new ProjectedAttributes(ProjectionType.INCLUDE, List.of("v")));

  final StepScheduler scheduler = new StepScheduler();
  private volatile long delayMillis;
  private final MemoryStore metadataStore = new MemoryStore();
  private final List<MemoryStore> stores =
      IntStream.range(0, GROUPS).mapToObj(_ -> new MemoryStore()).toList();
  private final IndexPropagation propagation =
      new IndexPropagation(
          scheduler,
          Clock.SYSTEM,
          _ -> delayMillis,
          (message, cause) -> {
            throw new AssertionError(message, cause);
          });
  final List<ReplicationGroup> groups = IntStream.range(0, GROUPS).mapToObj(this::open).toList();
  final TableCatalog catalog =
      new TableCatalog(
          metadataStore, new MemoryLog(metadataStore), Clock.SYSTEM, RandomSource.SYSTEM);
  final IndexScrubber scrubber = new IndexScrubber(catalog, groups, scheduler, Clock.SYSTEM);

  ScrubbedTable() {
    place(IndexStatus.ACTIVE, TimeToLiveStatus.ENABLED);
    propagation.start(catalog, groups);
  }

  private ReplicationGroup open(int index) {
    return new ReplicationGroup(
        new ReplicationGroupId(index + 1),
        stores.get(index),
        new MemoryLog(stores.get(index)),
        Clock.SYSTEM,
        RandomSource.SYSTEM,
        Runnable::run,
        (message, cause) -> {
          throw new AssertionError(message, cause);
        },
        GroupLimits.DEFAULT,
        propagation);
  }

  /** Puts the table into this state. */
  void place(IndexStatus indexStatus, TimeToLiveStatus timeToLiveStatus) {
    GlobalIndexDescriptor index =
        new GlobalIndexDescriptor(
            BY_Y, indexStatus, false, 0, 0, 0, 0, null, null, partitions(INDEX, 10, 3));
    TimeToLive timeToLive = new TimeToLive("e", timeToLiveStatus, 0);
    TableDescriptor table =
        new TableDescriptor(
            NAME,
            "uuid",
            TableStatus.ACTIVE,
            1,
            0,
            KEY,
            new TableSettings(
                BillingMode.PAY_PER_REQUEST, 0, 0, 0, 0, 0, null, null, null, 0, null, null, false),
            Map.of(),
            partitions(TABLE, 1, 2),
            new DerivedData(List.of(BY_X), List.of(index), List.of(), timeToLive));
    PlacedTables.place(table, catalog, groups);
  }

  private static PartitionMap partitions(int tableId, long firstPartition, int count) {
    List<PartitionPlacement> placements = new ArrayList<>();
    for (int place = 0; place < count; place++) {
      placements.add(
          new PartitionPlacement(
              new PartitionId(firstPartition + place),
              new ReplicationGroupId(1 + place % GROUPS),
              place == 0 ? 0 : place * (Long.divideUnsigned(-1L, count) + 1)));
    }
    return new PartitionMap(tableId, placements);
  }

  TableDescriptor table() {
    TableDescriptor table = catalog.find(NAME);
    if (table == null) {
      throw new IllegalStateException("no table");
    }
    return table;
  }

  /** How long changes stay away from the global index. */
  void delay(long millis) {
    delayMillis = millis;
  }

  /** Carries nothing to the global index. */
  void hold() {
    delay(PropagationDelay.HELD);
  }

  static Item item(String p, int s, @Nullable Integer x, @Nullable String y, String v) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    attributes.put("p", new StringValue(p));
    attributes.put("s", number(s));
    if (x != null) {
      attributes.put("x", number(x));
    }
    if (y != null) {
      attributes.put("y", new StringValue(y));
    }
    attributes.put("v", new StringValue(v));
    attributes.put("e", number(4_000_000_000L + s));
    return Item.of(attributes);
  }

  static NumberValue number(long number) {
    return new NumberValue(DecimalNumber.of(number));
  }

  byte[] key(Item item) {
    return ItemKeys.ofItem(table(), item);
  }

  void put(Item item) {
    write(item, new ItemEffect.Put(item, item.size()));
  }

  void delete(Item item) {
    write(item, new ItemEffect.Delete());
  }

  private void write(Item item, ItemEffect effect) {
    byte[] key = key(item);
    PartitionPlacement placement = table().partitionMap().placement(key);
    group(placement)
        .submit(
            new GroupCommand.WriteItem(
                placement.partition(),
                TABLE,
                table().schemaVersion(),
                key,
                _ -> effect,
                100,
                outcome -> {
                  if (!(outcome instanceof dev.partita.engine.partition.Outcome.Applied)) {
                    throw new AssertionError(outcome.toString());
                  }
                }));
  }

  ReplicationGroup group(PartitionPlacement placement) {
    return groups.get(placement.group().value() - 1);
  }

  /** The store of the group in which a key of the table or of an index lies. */
  MemoryStore storeOf(PartitionMap map, byte[] key) {
    return stores.get(map.placement(key).group().value() - 1);
  }

  PartitionMap indexPartitions() {
    return table().derived().globalIndexes().getFirst().partitionMap();
  }

  /** Changes a store behind everybody's back; null deletes. */
  static void plant(MemoryStore store, ColumnFamily family, byte[] key, byte @Nullable [] value) {
    WriteSet writeSet = new WriteSet();
    if (value == null) {
      writeSet.delete(family, key);
    } else {
      writeSet.put(family, key, value);
    }
    store.apply(writeSet);
  }

  /** What all stores together hold in a family between two keys. */
  NavigableMap<Bytes, MemoryStore> keys(ColumnFamily family, byte[] start, byte[] end) {
    NavigableMap<Bytes, MemoryStore> found = new TreeMap<>();
    for (MemoryStore store : stores) {
      try (Cursor cursor = store.cursor(family, start, end, Direction.FORWARD)) {
        for (; cursor.isValid(); cursor.next()) {
          found.put(Bytes.wrap(cursor.key()), store);
        }
      }
    }
    return found;
  }
}
