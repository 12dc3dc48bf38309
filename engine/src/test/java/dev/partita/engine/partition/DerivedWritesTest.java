package dev.partita.engine.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Clock;
import dev.partita.base.RandomSource;
import dev.partita.engine.change.ChangeCapture;
import dev.partita.engine.change.ChangeLogState;
import dev.partita.engine.change.ChangeRecord;
import dev.partita.engine.change.StreamShard;
import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.ProjectedAttributes;
import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.AttributeValue.NumberValue;
import dev.partita.model.AttributeValue.StringValue;
import dev.partita.model.DecimalNumber;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.ProjectionType;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Direction;
import dev.partita.storage.format.ItemKeyFormat;
import dev.partita.storage.format.KeyRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written together with an item: local index rows, change records, expiry marks. */
class DerivedWritesTest {
  private static final PartitionId PARTITION = new PartitionId(1);
  private static final PartitionId INDEX_PARTITION = new PartitionId(2);
  private static final PartitionId SOURCE = new PartitionId(3);
  private static final int TABLE = 1;
  private static final int INDEX_TABLE = 2;
  private static final KeySchema KEY =
      new KeySchema(
          new KeyAttribute("p", KeyType.HASH, AttributeType.S),
          new KeyAttribute("s", KeyType.RANGE, AttributeType.S));
  private static final IndexDefinition BY_X =
      new IndexDefinition(
          "byX",
          1,
          new KeySchema(
              new KeyAttribute("p", KeyType.HASH, AttributeType.S),
              new KeyAttribute("x", KeyType.RANGE, AttributeType.N)),
          new ProjectedAttributes(ProjectionType.KEYS_ONLY, List.of()));
  private static final int COLLECTION_BYTES_MAX = 400;

  private final ArrayDeque<Runnable> steps = new ArrayDeque<>();
  private final List<PartitionId> recorded = new ArrayList<>();
  private final MemoryStore store = new MemoryStore();
  private final MemoryLog log = new MemoryLog(store);
  private ReplicationGroup group = open();

  private ReplicationGroup open() {
    return new ReplicationGroup(
        new ReplicationGroupId(1),
        store,
        log,
        Clock.SYSTEM,
        RandomSource.SYSTEM,
        steps::add,
        (message, cause) -> {
          throw new AssertionError(message, cause);
        },
        new GroupLimits(1 << 20, 5, 1 << 20, COLLECTION_BYTES_MAX),
        descriptor -> recorded.add(descriptor.id()));
  }

  @Test
  void rowsOfALocalIndexFollowTheItem() {
    install(indexed());
    put("a", "1", item("a", "1", 20, "v"));
    put("a", "2", item("a", "2", 10, "v"));
    put("a", "3", item("a", "3", null, "v"));
    put("b", "1", item("b", "1", 15, "v"));
    assertEquals(List.of("2", "1"), rowsOf("a"));
    put("a", "2", item("a", "2", 30, "v"));
    assertEquals(List.of("1", "2"), rowsOf("a"));
    put("a", "1", item("a", "1", null, "v"));
    delete("b", "1");
    assertEquals(List.of("2"), rowsOf("a"));
    assertEquals(List.of(), rowsOf("b"));
    Item row = item("a", "2", 30, null);
    assertEquals(
        List.of(new LocalIndexCounters(1, 1, row.size())), counters(PARTITION).localIndexes());
    group = open();
    assertEquals(
        List.of(new LocalIndexCounters(1, 1, row.size())), counters(PARTITION).localIndexes());
  }

  @Test
  void anItemCollectionHasALimit() {
    install(indexed());
    assertApplied(put("a", "1", item("a", "1", 1, "x".repeat(300))));
    Outcome.Applied applied = assertApplied(put("b", "1", item("b", "1", 1, "v")));
    assertEquals(
        item("b", "1", 1, "v").size() + item("b", "1", 1, null).size(), applied.collectionBytes());
    Outcome refused = put("a", "2", item("a", "2", 2, "x".repeat(100)));
    assertEquals(
        ErrorType.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED,
        assertInstanceOf(Outcome.Refused.class, refused).error().type());
    assertNull(group.items().read(key("a", "2")));
    assertApplied(put("a", "1", item("a", "1", 1, "v"))); // What shrinks is never refused.
    assertApplied(put("a", "2", item("a", "2", 2, "x".repeat(100))));
    delete("a", "1");
    delete("a", "2");
    delete("b", "1");
    assertEquals(0, metaKeys((byte) 'b'), "sizes of empty item collections are forgotten");
  }

  @Test
  void changesAreRecordedForThoseWhoFollow() {
    install(schema(new ChangeCapture(true, 0, true, true)));
    put("a", "1", item("a", "1", 1, "v"));
    put("a", "1", item("a", "1", 1, "v"));
    put("a", "1", item("a", "1", 2, "v"));
    delete("a", "1");
    delete("a", "1");
    List<LoggedChange> changes = group.changes(PARTITION, 0, 100, 1 << 20);
    assertEquals(3, changes.size(), "what changes nothing is not recorded");
    ChangeRecord insert = changes.get(0).record();
    assertNull(insert.oldImage());
    assertEquals(item("a", "1", 1, "v"), insert.newImage());
    ChangeRecord modify = changes.get(1).record();
    assertEquals(item("a", "1", 1, "v"), modify.oldImage());
    assertEquals(item("a", "1", 2, "v"), modify.newImage());
    ChangeRecord remove = changes.get(2).record();
    assertEquals(item("a", "1", 2, "v"), remove.oldImage());
    assertTrue(remove.hadItem() && !remove.hasItem());
    assertEquals(List.of(PARTITION, PARTITION, PARTITION), recorded);
    assertTrue(changes.get(0).sequence() < changes.get(1).sequence());
  }

  @Test
  void keysAreRecordedWhereNoImageIs() {
    install(schema(new ChangeCapture(false, 9, false, false)));
    put("a", "1", item("a", "1", 1, "v"));
    ChangeRecord record = group.changes(PARTITION, 0, 100, 1 << 20).getFirst().record();
    assertEquals(item("a", "1", null, null), record.keys());
    assertNull(record.newImage());
    assertEquals(item("a", "1", 1, "v").size(), record.newSize());
  }

  @Test
  void nothingIsRecordedWhereNobodyFollows() {
    install(schema(ChangeCapture.NONE));
    put("a", "1", item("a", "1", 1, "v"));
    assertEquals(0, store.size(ColumnFamily.CHANGES));
    assertTrue(recorded.isEmpty());
  }

  @Test
  void aLongQueueForIndexesThrottlesWrites() {
    install(schema(new ChangeCapture(true, 0, true, true)));
    for (int number = 0; number < 6; number++) {
      assertApplied(put("a", "" + number, item("a", "" + number, 1, "v")));
    }
    assertEquals(new Outcome.IndexBacklogFull(), put("a", "9", item("a", "9", 1, "v")));
    group.indexed(PARTITION, 2, 0);
    assertApplied(put("a", "9", item("a", "9", 1, "v")));
  }

  @Test
  void shardsFollowStreamsAndRollOver() {
    install(schema(new ChangeCapture(false, 7, true, true)));
    put("a", "1", item("a", "1", 1, "v"));
    control(new GroupCommand.RollShard(PARTITION, TABLE, _ -> {}));
    put("a", "1", item("a", "1", 2, "v"));
    install(schema(new ChangeCapture(false, 8, true, true)));
    group = open();
    List<StreamShard> shards = changeLog().shards();
    assertEquals(3, shards.size());
    assertEquals(List.of(7L, 7L, 8L), shards.stream().map(StreamShard::streamId).toList());
    assertEquals(List.of(0, 1, 0), shards.stream().map(StreamShard::parent).toList());
    assertEquals(List.of(1L, 2L, 3L), shards.stream().map(StreamShard::firstSequence).toList());
    assertEquals(
        List.of(1L, 2L, StreamShard.OPEN), shards.stream().map(StreamShard::lastSequence).toList());
  }

  @Test
  void aShardWithoutRecordsHasAFirstAndALastSequence() {
    install(schema(new ChangeCapture(false, 7, true, true)));
    control(new GroupCommand.RollShard(PARTITION, TABLE, _ -> {}));
    put("a", "1", item("a", "1", 2, "v"));
    StreamShard closed = changeLog().shards().getFirst();
    assertEquals(closed.firstSequence(), closed.lastSequence());
    long sequence = group.changes(PARTITION, 0, 1, 1).getFirst().sequence();
    assertEquals(changeLog().shards().getLast().firstSequence(), sequence);
  }

  @Test
  void trimmedRecordsAreGone() {
    install(schema(new ChangeCapture(false, 7, true, true)));
    for (int number = 0; number < 5; number++) {
      put("a", "" + number, item("a", "" + number, 1, "v"));
    }
    control(new GroupCommand.AdvanceChangeLog(PARTITION, TABLE, 0, 3, 0, _ -> {}));
    assertEquals(
        List.of(4L, 5L),
        group.changes(PARTITION, 0, 100, 1 << 20).stream().map(LoggedChange::sequence).toList());
    group = open();
    assertEquals(3, changeLog().trimmedThrough());
    control(new GroupCommand.AdvanceChangeLog(PARTITION, TABLE, 0, 99, 0, _ -> {}));
    assertEquals(5, changeLog().trimmedThrough(), "not beyond what there is");
    assertEquals(1, changeLog().shards().size(), "an open shard is kept");
  }

  @Test
  void expiryMarksFollowTheItem() {
    install(new PartitionSchema(KEY, List.of(), ChangeCapture.NONE, "x"));
    put("a", "1", item("a", "1", 100, "v"));
    put("a", "2", item("a", "2", 50, "v"));
    put("a", "3", item("a", "3", null, "v"));
    assertEquals(List.of(50L, 100L), expirySeconds());
    put("a", "2", item("a", "2", 70, "v"));
    delete("a", "1");
    assertEquals(List.of(70L), expirySeconds());
    Outcome expired = write("a", "2", _ -> new ItemEffect.Expire());
    assertApplied(expired);
    assertEquals(List.of(), expirySeconds());
    assertNull(group.items().read(key("a", "2")));
  }

  @Test
  void refreshingTellsFollowersAndMarksExpiry() {
    install(schema(ChangeCapture.NONE));
    put("a", "1", item("a", "1", 100, "v"));
    install(new PartitionSchema(KEY, List.of(), new ChangeCapture(true, 0, true, true), "x"));
    List<Outcome> outcomes = new ArrayList<>();
    group.submit(
        new GroupCommand.RefreshItems(
            PARTITION, TABLE, 1, List.of(key("a", "1"), key("a", "2")), 10, outcomes::add));
    run();
    assertApplied(outcomes.getFirst());
    List<LoggedChange> changes = group.changes(PARTITION, 0, 100, 1 << 20);
    assertEquals(1, changes.size());
    assertEquals(ChangeRecord.Kind.REFRESH, changes.getFirst().record().kind());
    assertEquals(item("a", "1", 100, "v"), changes.getFirst().record().newImage());
    assertEquals(List.of(100L), expirySeconds());
  }

  @Test
  void rowsOfAGlobalIndexAreTakenOnce() {
    control(
        new GroupCommand.InstallPartition(
            new PartitionDescriptor(
                INDEX_PARTITION,
                INDEX_TABLE,
                1,
                1,
                KeyRange.of(
                    ItemKeyFormat.hashBoundary(INDEX_TABLE, 0),
                    ItemKeyFormat.tableEnd(INDEX_TABLE)),
                PartitionSchema.PLAIN),
            _ -> {}));
    Item first = item("a", "1", 1, "v");
    Item second = item("a", "1", 2, "v");
    byte[] firstKey = indexKey("1");
    byte[] secondKey = indexKey("2");
    List<IndexRowWrite> rows =
        List.of(
            new IndexRowWrite(5, firstKey, first),
            new IndexRowWrite(6, firstKey, null),
            new IndexRowWrite(6, secondKey, second));
    assertApplied(applyRows(1, rows, 6));
    PartitionCounters expected = new PartitionCounters(1, second.size(), 3);
    assertEquals(expected, counters(INDEX_PARTITION));
    group = open();
    assertApplied(applyRows(1, rows, 6)); // Sent again: the answer was lost.
    assertEquals(expected, counters(INDEX_PARTITION));
    assertNull(group.items().read(firstKey));
    assertApplied(applyRows(2, List.of(new IndexRowWrite(7, firstKey, first)), 7));
    assertInstanceOf(
        Outcome.WrongPartition.class,
        applyRows(1, List.of(new IndexRowWrite(8, firstKey, null)), 8),
        "an older epoch of the source");
    assertNotNull(group.items().read(firstKey));
    control(new GroupCommand.RemovePartition(INDEX_PARTITION, INDEX_TABLE, _ -> {}));
    assertEquals(0, metaKeys((byte) 'm'));
  }

  private Outcome applyRows(long epoch, List<IndexRowWrite> rows, long through) {
    List<Outcome> outcomes = new ArrayList<>();
    group.submit(
        new GroupCommand.ApplyIndexRows(
            INDEX_PARTITION, INDEX_TABLE, SOURCE, epoch, rows, through, 10, outcomes::add));
    run();
    return outcomes.getFirst();
  }

  private static byte[] indexKey(String value) {
    return ItemKeyFormat.encode(
        INDEX_TABLE, value.getBytes(StandardCharsets.UTF_8), new byte[] {1});
  }

  private static PartitionSchema indexed() {
    return new PartitionSchema(KEY, List.of(BY_X), ChangeCapture.NONE, null);
  }

  private static PartitionSchema schema(ChangeCapture capture) {
    return new PartitionSchema(KEY, List.of(), capture, null);
  }

  private void install(PartitionSchema schema) {
    control(
        new GroupCommand.InstallPartition(
            new PartitionDescriptor(
                PARTITION,
                TABLE,
                1,
                1,
                KeyRange.of(ItemKeyFormat.hashBoundary(TABLE, 0), ItemKeyFormat.tableEnd(TABLE)),
                schema),
            _ -> {}));
  }

  private void control(GroupCommand command) {
    group.submit(command);
    run();
  }

  private void run() {
    for (Runnable step = steps.poll(); step != null; step = steps.poll()) {
      step.run();
    }
  }

  private Outcome put(String partitionKey, String sortKey, Item item) {
    return write(partitionKey, sortKey, _ -> new ItemEffect.Put(item, item.size()));
  }

  private void delete(String partitionKey, String sortKey) {
    assertApplied(write(partitionKey, sortKey, _ -> new ItemEffect.Delete()));
  }

  private Outcome write(String partitionKey, String sortKey, ItemMutation mutation) {
    List<Outcome> outcomes = new ArrayList<>();
    group.submit(
        new GroupCommand.WriteItem(
            PARTITION, TABLE, 1, key(partitionKey, sortKey), mutation, 10, outcomes::add));
    run();
    return outcomes.getFirst();
  }

  private static Outcome.Applied assertApplied(Outcome outcome) {
    return assertInstanceOf(Outcome.Applied.class, outcome);
  }

  private PartitionCounters counters(PartitionId partition) {
    PartitionCounters counters = group.counters(partition);
    assertNotNull(counters);
    return counters;
  }

  private ChangeLogState changeLog() {
    ChangeLogState changeLog = group.changeLog(PARTITION);
    assertNotNull(changeLog);
    return changeLog;
  }

  private List<Long> expirySeconds() {
    return group.expiring(PARTITION, 0, 1_000, 100).stream().map(ExpiringItem::second).toList();
  }

  private int metaKeys(byte kind) {
    int count = 0;
    try (var cursor =
        store.cursor(
            ColumnFamily.META,
            new byte[] {kind},
            new byte[] {(byte) (kind + 1)},
            Direction.FORWARD)) {
      for (; cursor.isValid(); cursor.next()) {
        count++;
      }
    }
    return count;
  }

  /** The sort keys of the rows of an item collection in the local index, in its order. */
  private List<String> rowsOf(String partitionKey) {
    byte[] prefix = ItemKeyFormat.collectionPrefix(key(partitionKey, ""));
    List<String> sortKeys = new ArrayList<>();
    try (ItemCursor cursor =
        group
            .items()
            .localIndexCursor(KeyRange.of(prefix, KeyRange.prefixEnd(prefix)), Direction.FORWARD)) {
      for (StoredItem row = cursor.next(); row != null; row = cursor.next()) {
        sortKeys.add(assertInstanceOf(StringValue.class, row.item().get("s")).value());
      }
    }
    return sortKeys;
  }

  private static byte[] key(String partitionKey, String sortKey) {
    return ItemKeyFormat.encode(
        TABLE,
        partitionKey.getBytes(StandardCharsets.UTF_8),
        sortKey.getBytes(StandardCharsets.UTF_8));
  }

  private static Item item(
      String partitionKey, String sortKey, @Nullable Integer x, @Nullable String v) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    attributes.put("p", new StringValue(partitionKey));
    attributes.put("s", new StringValue(sortKey));
    if (x != null) {
      attributes.put("x", new NumberValue(DecimalNumber.of(x)));
    }
    if (v != null) {
      attributes.put("v", new StringValue(v));
    }
    return Item.of(attributes);
  }
}
