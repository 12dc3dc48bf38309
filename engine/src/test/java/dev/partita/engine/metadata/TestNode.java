package dev.partita.engine.metadata;

import dev.partita.base.Clock;
import dev.partita.base.RandomSource;
import dev.partita.engine.globalindex.IndexPropagation;
import dev.partita.engine.globalindex.PropagationDelay;
import dev.partita.engine.index.ProjectedAttributes;
import dev.partita.engine.partition.ExpiringItem;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.GroupLimits;
import dev.partita.engine.partition.ItemCursor;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.engine.partition.MemoryLog;
import dev.partita.engine.partition.MemoryStore;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.engine.partition.StoredItem;
import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.DecimalNumber;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.ProjectionType;
import dev.partita.model.api.TableStatus;
import dev.partita.storage.Direction;
import dev.partita.storage.format.ItemKeyFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Metadata, groups, index propagation and control plane over stores in memory. It can stop as a
 * machine does, at any entry of any log, and start again.
 */
final class TestNode implements AutoCloseable {
  static final KeySchema KEY =
      new KeySchema(new KeyAttribute("p", KeyType.HASH, AttributeType.S), null);
  static final TableSettings ON_DEMAND =
      new TableSettings(
          BillingMode.PAY_PER_REQUEST, 0, 0, 0, 0, 1, null, null, null, 0, null, null, false);
  private static final long AWAIT_NANOS_MAX = Duration.ofSeconds(20).toNanos();
  private static final long STEP_MILLIS = 1_000;
  private static final GroupLimits LIMITS = new GroupLimits(64 << 20, 10_000, 256 << 20, 10L << 30);

  private final int groupCount;
  private final Duration transitionDelay;
  private final MemoryStore metadataStore = new MemoryStore();
  private final List<MemoryStore> stores;

  /** Entries that the logs still take. */
  private final AtomicInteger entriesLeft = new AtomicInteger(Integer.MAX_VALUE);

  ManualScheduler scheduler = new ManualScheduler();
  TableCatalog catalog;
  List<ReplicationGroup> groups = List.of();
  ControlPlane controlPlane;

  /** How long changes stay away from indexes. */
  PropagationDelay delay = PropagationDelay.NONE;

  TestNode(int groupCount) {
    this(groupCount, Duration.ZERO);
  }

  TestNode(int groupCount, Duration transitionDelay) {
    this.groupCount = groupCount;
    this.transitionDelay = transitionDelay;
    this.stores = IntStream.range(0, groupCount).mapToObj(_ -> new MemoryStore()).toList();
    this.catalog = openCatalog();
    this.controlPlane = open(false);
  }

  private TableCatalog openCatalog() {
    MemoryLog log = new MemoryLog(metadataStore);
    log.refuseWhen(this::refuses);
    return new TableCatalog(metadataStore, log, Clock.SYSTEM, RandomSource.SYSTEM);
  }

  private boolean refuses() {
    return entriesLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
  }

  private ControlPlane open(boolean maySufferLoss) {
    IndexPropagation propagation =
        new IndexPropagation(
            scheduler, Clock.SYSTEM, table -> delay.millis(table), TestNode::fatal);
    groups =
        IntStream.range(0, groupCount).mapToObj(index -> openGroup(index, propagation)).toList();
    ControlPlane opened =
        new ControlPlane(
            catalog,
            groups,
            scheduler,
            RandomSource.SYSTEM,
            TestNode::fatal,
            new ControlPlaneSettings(transitionDelay, Duration.ZERO));
    opened.finishInterrupted(maySufferLoss);
    propagation.start(catalog, groups);
    return opened;
  }

  private ReplicationGroup openGroup(int index, IndexPropagation propagation) {
    MemoryLog log = new MemoryLog(stores.get(index));
    log.refuseWhen(this::refuses);
    return new ReplicationGroup(
        new ReplicationGroupId(index + 1),
        stores.get(index),
        log,
        Clock.SYSTEM,
        RandomSource.SYSTEM,
        Runnable::run,
        TestNode::fatal,
        LIMITS,
        propagation);
  }

  private static void fatal(String message, Throwable cause) {
    throw new AssertionError(message, cause);
  }

  /** From now on only so many entries become durable, over all logs. */
  void stopAfter(int entries) {
    entriesLeft.set(entries);
  }

  /** Whether an entry was turned away, or the next will be. */
  boolean isStopped() {
    return entriesLeft.get() == 0;
  }

  /** Stops as it is and starts again over what is stored. */
  void restart() {
    restart(false);
  }

  void restart(boolean maySufferLoss) {
    controlPlane.close();
    scheduler = new ManualScheduler();
    entriesLeft.set(Integer.MAX_VALUE);
    catalog = openCatalog();
    controlPlane = open(maySufferLoss);
  }

  /** Runs side flows until {@code holds}. */
  void await(BooleanSupplier holds) {
    long start = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - start > AWAIT_NANOS_MAX) {
        throw new AssertionError("waited in vain; tables: " + catalog.tables().values());
      }
      runSideFlows(STEP_MILLIS);
    }
  }

  /** Runs side flows until the node is stopped or {@code holds}. */
  void awaitOrStop(BooleanSupplier holds) {
    await(() -> isStopped() || holds.getAsBoolean());
  }

  void runSideFlows() {
    runSideFlows(STEP_MILLIS);
  }

  /** Runs what is due within {@code millis}, and gives the control plane's thread a moment. */
  void runSideFlows(long millis) {
    scheduler.run(millis);
    pause();
  }

  /** Gives the control plane's thread a moment. */
  static void pause() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  TableDescriptor table(String name) {
    TableDescriptor table = catalog.find(name);
    if (table == null) {
      throw new AssertionError("no table " + name);
    }
    return table;
  }

  /** An on-demand table with the key p, without anything. */
  TableDescriptor create(String name) throws MetadataUnavailableException {
    controlPlane.create(new TableDraft(name, KEY, ON_DEMAND, Map.of(), 4, 99));
    return table(name);
  }

  static GlobalIndexDraft indexDraft(String name, String attribute) {
    return new GlobalIndexDraft(
        name,
        new KeySchema(new KeyAttribute(attribute, KeyType.HASH, AttributeType.S), null),
        new ProjectedAttributes(ProjectionType.KEYS_ONLY, List.of()),
        0,
        0,
        null,
        null,
        4);
  }

  /** Adds a global index with a string as its key. */
  GlobalIndexDescriptor addIndex(String table, String name, String attribute)
      throws MetadataUnavailableException {
    TableDescriptor before = table(table);
    GlobalIndexDescriptor index = controlPlane.newGlobalIndex(before, indexDraft(name, attribute));
    List<GlobalIndexDescriptor> indexes = new ArrayList<>(before.derived().globalIndexes());
    indexes.add(index);
    controlPlane.update(
        before
            .withDerived(before.derived().withGlobalIndexes(indexes))
            .withStatus(TableStatus.UPDATING));
    return index;
  }

  /** Writes an item p=key, x=value, n=number. */
  Outcome put(String table, String key, String value, long number) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    attributes.put("p", new AttributeValue.StringValue(key));
    attributes.put("x", new AttributeValue.StringValue(value));
    attributes.put("n", new AttributeValue.NumberValue(DecimalNumber.of(number)));
    Item item = Item.of(attributes);
    return write(table, key, _ -> new ItemEffect.Put(item, item.size()));
  }

  Outcome delete(String table, String key) {
    return write(table, key, _ -> new ItemEffect.Delete());
  }

  private Outcome write(String tableName, String partitionKey, ItemMutation mutation) {
    TableDescriptor table = table(tableName);
    byte[] key =
        ItemKeyFormat.encode(
            table.tableId(), partitionKey.getBytes(StandardCharsets.UTF_8), new byte[0]);
    PartitionPlacement placement = table.partitionMap().placement(key);
    List<Outcome> outcomes = new ArrayList<>();
    group(placement)
        .submit(
            new GroupCommand.WriteItem(
                placement.partition(),
                table.tableId(),
                table.schemaVersion(),
                key,
                mutation,
                100,
                outcomes::add));
    return outcomes.getFirst();
  }

  ReplicationGroup group(PartitionPlacement placement) {
    return groups.get(placement.group().value() - 1);
  }

  /** What the rows of an index say, as x=p, ordered. */
  List<String> rows(GlobalIndexDescriptor index, String attribute) {
    return items(index.partitionMap()).stream()
        .map(row -> text(row, attribute) + "=" + text(row, "p"))
        .collect(TreeSet<String>::new, TreeSet::add, TreeSet::addAll)
        .stream()
        .toList();
  }

  /** How many items or rows there are in the partitions of a table or index. */
  List<Item> items(PartitionMap map) {
    List<Item> items = new ArrayList<>();
    for (int place = 0; place < map.partitions().size(); place++) {
      try (ItemCursor cursor =
          group(map.partitions().get(place)).items().cursor(map.range(place), Direction.FORWARD)) {
        for (StoredItem item = cursor.next(); item != null; item = cursor.next()) {
          items.add(item.item());
        }
      }
    }
    return items;
  }

  private static String text(Item item, String attribute) {
    AttributeValue value = item.get(attribute);
    return value instanceof AttributeValue.StringValue(String text) ? text : "-";
  }

  /** The seconds at which items of a table are marked to expire, ordered. */
  List<Long> marks(TableDescriptor table) {
    List<Long> seconds = new ArrayList<>();
    for (PartitionPlacement placement : table.partitions()) {
      for (ExpiringItem item :
          group(placement).expiring(placement.partition(), 0, Long.MAX_VALUE - 1, 10_000)) {
        seconds.add(item.second());
      }
    }
    seconds.sort(null);
    return seconds;
  }

  @Override
  public void close() {
    controlPlane.close();
  }
}
