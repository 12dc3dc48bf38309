package dev.partita.engine.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Clock;
import dev.partita.base.RandomSource;
import dev.partita.model.AttributeValue;
import dev.partita.model.AttributeValue.StringValue;
import dev.partita.model.Item;
import dev.partita.replication.AppendOutcome;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.WriteSet;
import dev.partita.storage.format.ItemKeyFormat;
import dev.partita.storage.format.KeyRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupWriterTest {
  private static final PartitionId PARTITION = new PartitionId(1);
  private static final int TABLE = 1;
  private static final byte[] NONE = {};
  private static final int QUEUE_BYTES_MAX = 100_000;

  private final ArrayDeque<Runnable> steps = new ArrayDeque<>();
  private final List<String> fatal = new ArrayList<>();
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
        (message, _) -> fatal.add(message),
        new GroupLimits(QUEUE_BYTES_MAX, 1_000, 1 << 20, 1 << 20),
        ChangeListener.NONE);
  }

  @BeforeEach
  void installPartition() {
    group.submit(
        new GroupCommand.InstallPartition(
            new PartitionDescriptor(
                PARTITION,
                TABLE,
                1,
                1,
                KeyRange.of(ItemKeyFormat.hashBoundary(TABLE, 0), ItemKeyFormat.tableEnd(TABLE)),
                PartitionSchema.PLAIN),
            _ -> {}));
    run();
  }

  @Test
  void commandsOfABatchSeeEachOther() {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      submit("a", putIfAbsent("v" + i), outcomes);
    }
    int before = log.entries();
    run();
    assertEquals(before + 1, log.entries());
    assertInstanceOf(Outcome.Applied.class, outcomes.get(0));
    assertEquals(
        "v0", valueOf(assertInstanceOf(Outcome.ConditionFailed.class, outcomes.get(1)).before()));
    assertInstanceOf(Outcome.ConditionFailed.class, outcomes.get(2));
    assertEquals("v0", valueOf(group.items().read(key("a"))));
  }

  @Test
  void countersAreExactAndSurviveReopening() {
    List<Outcome> outcomes = new ArrayList<>();
    submit("a", put("1"), outcomes);
    submit("a", put("22"), outcomes);
    submit("b", put("3"), outcomes);
    submit("c", put("4"), outcomes);
    submit("c", _ -> new ItemEffect.Delete(), outcomes);
    submit("gone", _ -> new ItemEffect.Delete(), outcomes);
    run();
    PartitionCounters expected = new PartitionCounters(2, size("22") + size("3"), 5);
    assertEquals(expected, group.counters(PARTITION));
    group = open();
    assertEquals(expected, group.counters(PARTITION));
  }

  @Test
  void nothingIsAnsweredBeforeTheEntryIsDurable() {
    List<Outcome> outcomes = new ArrayList<>();
    log.hold();
    submit("a", put("1"), outcomes);
    submit("a", putIfAbsent("2"), outcomes);
    run();
    assertTrue(outcomes.isEmpty());
    assertNull(group.items().read(key("a")));
    log.release(null);
    assertEquals(2, outcomes.size());
    assertEquals("1", valueOf(group.items().read(key("a"))));
  }

  @Test
  void aRefusedEntryChangesNothing() {
    List<Outcome> outcomes = new ArrayList<>();
    log.hold();
    submit("a", put("1"), outcomes);
    run();
    log.release(new AppendOutcome.NotAppended(AppendOutcome.Reason.DISK_FULL));
    assertEquals(new Outcome.Unavailable("the disk is full"), outcomes.getFirst());
    assertEquals(PartitionCounters.ZERO, group.counters(PARTITION));
    submit("a", putIfAbsent("2"), outcomes);
    run();
    log.release(null);
    assertInstanceOf(Outcome.Applied.class, outcomes.get(1));
    assertEquals(new PartitionCounters(1, size("2"), 1), group.counters(PARTITION));
  }

  @Test
  void anUnknownEntryIsToldAsUnknown() {
    List<Outcome> outcomes = new ArrayList<>();
    log.hold();
    submit("a", put("1"), outcomes);
    run();
    log.release(new AppendOutcome.Unknown());
    assertEquals(new Outcome.Unknown(), outcomes.getFirst());
  }

  /** The store may hold the entry or get it yet, so nothing can be evaluated any more. */
  @Test
  void nothingIsEvaluatedAfterAnUnknownEntry() {
    List<Outcome> outcomes = new ArrayList<>();
    int before = log.entries();
    log.hold();
    submit("a", put("1"), outcomes);
    run();
    submit("a", _ -> new ItemEffect.Keep(), outcomes);
    log.release(new AppendOutcome.Unknown());
    run();
    submit("b", put("2"), outcomes);
    run();
    assertEquals(3, outcomes.size());
    assertInstanceOf(Outcome.Unavailable.class, outcomes.get(1));
    assertInstanceOf(Outcome.Unavailable.class, outcomes.get(2));
    assertEquals(before + 1, log.entries());
    assertTrue(group.isIdle());
  }

  @Test
  void writesToOtherPartitionsAndSchemasAreTurnedAway() {
    List<Outcome> outcomes = new ArrayList<>();
    group.submit(write(new PartitionId(2), 1, "a", put("1"), outcomes));
    group.submit(write(PARTITION, 2, "a", put("1"), outcomes));
    run();
    assertEquals(List.of(new Outcome.WrongPartition(), new Outcome.StaleSchema()), outcomes);
  }

  @Test
  void aDefectInAMutationFailsThatCommandAlone() {
    List<Outcome> outcomes = new ArrayList<>();
    submit(
        "a",
        _ -> {
          throw new IllegalStateException("a defect");
        },
        outcomes);
    submit("b", put("1"), outcomes);
    run();
    assertInstanceOf(Outcome.Refused.class, outcomes.get(0));
    assertInstanceOf(Outcome.Applied.class, outcomes.get(1));
    assertTrue(fatal.isEmpty());
  }

  @Test
  void aFullQueueTurnsCommandsAway() {
    List<Outcome> outcomes = new ArrayList<>();
    int half = QUEUE_BYTES_MAX / 2;
    group.submit(
        new GroupCommand.WriteItem(PARTITION, TABLE, 1, key("a"), put("1"), half, outcomes::add));
    group.submit(
        new GroupCommand.WriteItem(PARTITION, TABLE, 1, key("a"), put("2"), 1, outcomes::add));
    assertEquals(List.of(new Outcome.Overloaded()), outcomes);
    run();
    assertEquals(2, outcomes.size());
  }

  @Test
  void aBatchIsCutByBytesAndTheRestFollows() {
    List<Outcome> outcomes = new ArrayList<>();
    String large = "x".repeat(300_000);
    for (int i = 0; i < 10; i++) {
      submit("k" + i, put(large), outcomes);
    }
    int before = log.entries();
    run();
    assertEquals(10, outcomes.size());
    assertTrue(log.entries() - before >= 5, "entries " + (log.entries() - before));
    assertEquals(10, store.size(ColumnFamily.ITEMS));
  }

  @Test
  void damagedItemsHaltTheWriter() {
    submit("a", put("1"), new ArrayList<>());
    run();
    WriteSet damage = new WriteSet();
    damage.put(ColumnFamily.ITEMS, key("a"), new byte[] {1, 2, 3});
    store.apply(damage);
    List<Outcome> outcomes = new ArrayList<>();
    submit("a", put("2"), outcomes);
    run();
    assertEquals(1, fatal.size());
    assertTrue(outcomes.isEmpty());
  }

  @Test
  void removingAPartitionDeletesItsItems() {
    submit("a", put("1"), new ArrayList<>());
    run();
    List<Outcome> outcomes = new ArrayList<>();
    group.submit(new GroupCommand.RemovePartition(PARTITION, TABLE, outcomes::add));
    group.submit(new GroupCommand.RemovePartition(PARTITION, TABLE, outcomes::add));
    submit("a", put("2"), outcomes);
    run();
    assertInstanceOf(Outcome.Applied.class, outcomes.get(0));
    assertInstanceOf(Outcome.Applied.class, outcomes.get(1));
    assertInstanceOf(Outcome.WrongPartition.class, outcomes.get(2));
    assertEquals(0, store.size(ColumnFamily.ITEMS));
    assertNull(open().counters(PARTITION));
  }

  private void run() {
    for (Runnable step = steps.poll(); step != null; step = steps.poll()) {
      step.run();
    }
  }

  private void submit(String partitionKey, ItemMutation mutation, List<Outcome> outcomes) {
    group.submit(write(PARTITION, 1, partitionKey, mutation, outcomes));
  }

  private static GroupCommand write(
      PartitionId partition,
      long schemaVersion,
      String partitionKey,
      ItemMutation mutation,
      List<Outcome> outcomes) {
    return new GroupCommand.WriteItem(
        partition, TABLE, schemaVersion, key(partitionKey), mutation, 10, outcomes::add);
  }

  private static byte[] key(String partitionKey) {
    return ItemKeyFormat.encode(TABLE, partitionKey.getBytes(StandardCharsets.UTF_8), NONE);
  }

  private static ItemMutation put(String value) {
    return _ -> new ItemEffect.Put(item(value), size(value));
  }

  private static ItemMutation putIfAbsent(String value) {
    return current ->
        current == null
            ? new ItemEffect.Put(item(value), size(value))
            : new ItemEffect.ConditionFailed();
  }

  private static Item item(String value) {
    return Item.of(Map.<String, AttributeValue>of("v", new StringValue(value)));
  }

  private static int size(String value) {
    return item(value).size();
  }

  private static String valueOf(@Nullable StoredItem stored) {
    assertNotNull(stored);
    return assertInstanceOf(StringValue.class, stored.item().get("v")).value();
  }
}
