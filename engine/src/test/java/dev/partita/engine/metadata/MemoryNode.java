package dev.partita.engine.metadata;

import dev.partita.base.RandomSource;
import dev.partita.base.ShiftableClock;
import dev.partita.engine.fake.ManualScheduler;
import dev.partita.engine.fake.SettableClock;
import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.ProjectedAttributes;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.partition.ChangeListener;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.GroupLimits;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.engine.partition.MemoryLog;
import dev.partita.engine.partition.MemoryStore;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.AttributeType;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.IndexStatus;
import dev.partita.model.api.ProjectionType;
import dev.partita.model.api.StreamViewType;
import dev.partita.model.api.TableStatus;
import dev.partita.storage.format.HashSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/** Catalog and groups of a node over stores in memory, with tables made as a test wants them. */
public final class MemoryNode {
  /** The key of all tables. */
  public static final KeySchema KEY =
      new KeySchema(
          new KeyAttribute("p", KeyType.HASH, AttributeType.S),
          new KeyAttribute("c", KeyType.RANGE, AttributeType.N));

  private static final TableSettings SETTINGS =
      new TableSettings(
          BillingMode.PAY_PER_REQUEST, 0, 0, 0, 0, 0, null, null, null, 0, null, null, false);

  public final SettableClock clock = new SettableClock();
  public final ShiftableClock serviceClock = new ShiftableClock(clock);
  public final ManualScheduler scheduler = new ManualScheduler(clock);

  /** One for each data group, group 1 first. */
  public final List<MemoryStore> stores;

  public final List<MemoryLog> logs;

  private final MemoryStore metadataStore = new MemoryStore();
  private final MemoryLog metadataLog = new MemoryLog(metadataStore);
  private final Executor writer;
  private TableCatalog catalog;
  private List<ReplicationGroup> groups;
  private long nextStreamId = 1;

  /** Whose writers run on the caller's thread. */
  public MemoryNode(int groupCount) {
    this(groupCount, Runnable::run);
  }

  /** Whose writers run on {@code writer}. */
  public MemoryNode(int groupCount, Executor writer) {
    this.writer = writer;
    this.stores = IntStream.range(0, groupCount).mapToObj(_ -> new MemoryStore()).toList();
    this.logs = stores.stream().map(MemoryLog::new).toList();
    this.catalog = openCatalog();
    this.groups = openGroups();
  }

  private TableCatalog openCatalog() {
    return new TableCatalog(metadataStore, metadataLog, clock, RandomSource.SYSTEM);
  }

  private List<ReplicationGroup> openGroups() {
    return IntStream.range(0, stores.size())
        .mapToObj(index ->
            new ReplicationGroup(
                new ReplicationGroupId(index + 1),
                stores.get(index),
                logs.get(index),
                clock,
                RandomSource.SYSTEM,
                writer,
                (message, cause) -> {
                  throw new AssertionError(message, cause);
                },
                GroupLimits.DEFAULT,
                ChangeListener.NONE))
        .toList();
  }

  /** Forgets what is not stored. */
  public void restart() {
    catalog = openCatalog();
    groups = openGroups();
  }

  public TableCatalog catalog() {
    return catalog;
  }

  public List<ReplicationGroup> groups() {
    return groups;
  }

  /** A router that reads on the caller's thread. */
  public RequestRouter router() {
    return new RequestRouter(
        catalog,
        groups,
        read -> {
          read.run();
          return true;
        });
  }

  /** A table with partitions in all groups in turn. */
  public TableDescriptor create(String name, int partitions, DerivedData derived) {
    int tableId = catalog.takeTableId();
    long first = catalog.takePartitionIds(partitions);
    List<PartitionPlacement> placements = new ArrayList<>();
    for (int index = 0; index < partitions; index++) {
      placements.add(
          new PartitionPlacement(
              new PartitionId(first + index),
              groups.get(index % groups.size()).id(),
              HashSpace.firstHash(index, partitions)));
    }
    TableDescriptor table =
        new TableDescriptor(
            name,
            "uuid of " + name,
            TableStatus.ACTIVE,
            1,
            clock.wallMillis(),
            KEY,
            SETTINGS,
            Map.of(),
            new PartitionMap(tableId, placements),
            derived);
    put(table);
    install(table);
    return table;
  }

  /** A table as it will be with these streams; nobody is told. */
  public TableDescriptor withStreams(TableDescriptor table, List<StreamDescriptor> streams) {
    return table.withDerived(table.derived().withStreams(streams));
  }

  /** Changes what a table makes of its items. */
  public TableDescriptor change(TableDescriptor table, DerivedData derived) {
    TableDescriptor changed = table.withDerived(derived);
    put(changed);
    install(changed);
    return changed;
  }

  /** Tells the groups of a table again. */
  public void install(TableDescriptor table) {
    for (int index = 0; index < table.partitions().size(); index++) {
      group(table.partitions().get(index))
          .submit(new GroupCommand.InstallPartition(table.partitionDescriptor(index), _ -> {}));
    }
  }

  /** Stores a table and tells the groups nothing. */
  public void put(TableDescriptor table) {
    try {
      catalog.put(table);
    } catch (MetadataUnavailableException unavailable) {
      throw new AssertionError(unavailable);
    }
  }

  /** Deletes a table with its partitions. */
  public void drop(TableDescriptor table) {
    for (PartitionPlacement placement : table.partitions()) {
      group(placement)
          .submit(
              new GroupCommand.RemovePartition(placement.partition(), table.tableId(), _ -> {}));
    }
    try {
      catalog.remove(table.name());
    } catch (MetadataUnavailableException unavailable) {
      throw new AssertionError(unavailable);
    }
  }

  public ReplicationGroup group(PartitionPlacement placement) {
    return groups.get(placement.group().value() - 1);
  }

  /** A global index that no partition holds: nobody takes changes for it. */
  public GlobalIndexDescriptor index() {
    return new GlobalIndexDescriptor(
        new IndexDefinition(
            "i",
            catalog.takeTableId(),
            new KeySchema(new KeyAttribute("v", KeyType.HASH, AttributeType.S), null),
            new ProjectedAttributes(ProjectionType.ALL, List.of())),
        IndexStatus.ACTIVE,
        false,
        0,
        0,
        0,
        0,
        null,
        null,
        new PartitionMap(1, List.of()));
  }

  /** A stream that is enabled now. */
  public StreamDescriptor stream(StreamViewType viewType) {
    long id = nextStreamId++;
    return new StreamDescriptor(id, "label-" + id, viewType, clock.wallMillis(), 0);
  }

  /** The same stream, disabled now. */
  public StreamDescriptor disabled(StreamDescriptor stream) {
    return new StreamDescriptor(
        stream.streamId(), stream.label(), stream.viewType(), stream.created(), clock.wallMillis());
  }

  public Outcome putItem(TableDescriptor table, Item item) {
    return write(table, ItemKeys.ofItem(table, item), _ -> new ItemEffect.Put(item, item.size()));
  }

  /** Deletes an item; {@code key} may have other attributes. */
  public Outcome deleteItem(TableDescriptor table, Item key) {
    return write(table, ItemKeys.ofItem(table, key), _ -> new ItemEffect.Delete());
  }

  /** Writes with a writer on the caller's thread; fails if the write is not answered. */
  public Outcome write(TableDescriptor table, byte[] key, ItemMutation mutation) {
    List<Outcome> outcomes = new ArrayList<>();
    router().write(table, key, mutation, 1, outcomes::add);
    if (outcomes.size() != 1) {
      throw new AssertionError("answers: " + outcomes);
    }
    return outcomes.getFirst();
  }
}
