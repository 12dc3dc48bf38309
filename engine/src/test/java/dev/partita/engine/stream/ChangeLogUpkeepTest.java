package dev.partita.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.engine.change.ChangeLogState;
import dev.partita.engine.metadata.DerivedData;
import dev.partita.engine.metadata.MemoryNode;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.StreamDescriptor;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.model.api.Shard;
import dev.partita.model.api.StreamViewType;
import dev.partita.storage.ColumnFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChangeLogUpkeepTest {
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration ROUND = Duration.ofSeconds(6);
  private static final Duration NO_ROLLING = Duration.ofDays(1_000);
  private static final Duration DAY = Duration.ofHours(24);

  private final List<String> forgotten = new ArrayList<>();
  private final MemoryNode node = new MemoryNode(2);

  private ChangeLogUpkeep start(Duration shardLifetime) {
    ChangeLogUpkeep upkeep =
        new ChangeLogUpkeep(
            node.catalog(),
            node.groups(),
            node.serviceClock,
            node.scheduler,
            new UpkeepSettings(POLL, DAY, shardLifetime),
            this::forget,
            (message, cause) -> {
              throw new AssertionError(message, cause);
            });
    upkeep.start();
    node.scheduler.advance(ROUND);
    return upkeep;
  }

  private void forget(TableDescriptor table, long before) {
    List<StreamDescriptor> kept =
        table.derived().streams().stream()
            .filter(stream -> stream.isEnabled() || stream.disabled() >= before)
            .toList();
    forgotten.add(table.name() + " keeps " + kept.size());
    node.change(table, table.derived().withStreams(kept));
  }

  private int records() {
    return node.stores.stream().mapToInt(store -> store.size(ColumnFamily.CHANGES)).sum();
  }

  private int entries() {
    return node.logs.stream().mapToInt(log -> log.entries()).sum();
  }

  private void assertIdle() {
    int before = entries();
    node.scheduler.advance(Duration.ofMinutes(3));
    assertEquals(before, entries());
  }

  @Test
  void recordsOfAnEnabledStreamGoWhenTheyAreADayOld() {
    StreamTable table = new StreamTable(node, "abc", 1, StreamViewType.NEW_IMAGE);
    start(NO_ROLLING);
    for (int change = 0; change < 50; change++) {
      table.put("a", change, "v" + change);
      node.scheduler.advance(Duration.ofMinutes(1));
    }
    node.scheduler.advance(DAY.minus(Duration.ofMinutes(51)));
    assertEquals(50, records());
    node.scheduler.advance(Duration.ofMinutes(11));
    assertEquals(40, records());
    assertEquals("v10", StreamTable.values(table.records(table.shards().getFirst())).getFirst());
    node.scheduler.advance(Duration.ofHours(1));
    assertEquals(0, records());
    assertIdle();
    table.put("a", 1, "new");
    node.scheduler.advance(Duration.ofHours(23));
    assertEquals(1, records());
    assertEquals(List.of("new"), StreamTable.values(table.records(table.shards().getFirst())));
    node.scheduler.advance(Duration.ofHours(2));
    assertEquals(0, records());
  }

  @Test
  void theServiceClockMakesRecordsOldAndNewOnesAreNotOlderForIt() {
    StreamTable table = new StreamTable(node, "abc", 4, StreamViewType.NEW_IMAGE);
    start(NO_ROLLING);
    for (int key = 0; key < 40; key++) {
      table.put("key" + key, 1, "v");
    }
    node.scheduler.advance(ROUND);
    assertEquals(40, records());
    node.serviceClock.shift(DAY);
    node.scheduler.advance(ROUND);
    assertEquals(0, records());
    table.put("key", 1, "new");
    node.scheduler.advance(Duration.ofMinutes(10));
    assertEquals(1, records());
    assertIdle();
  }

  @Test
  void trimmingAStreamUnderLoadTakesOneEntryAMinute() {
    StreamTable table = new StreamTable(node, "abc", 1, StreamViewType.KEYS_ONLY);
    start(NO_ROLLING);
    for (int second = 0; second < 600; second++) {
      table.put("a", 1, "v" + second);
      node.scheduler.advance(Duration.ofSeconds(1));
    }
    node.scheduler.advance(DAY.minus(Duration.ofMinutes(10)));
    int before = entries();
    node.scheduler.advance(Duration.ofMinutes(10));
    int trims = entries() - before;
    assertTrue(trims >= 9 && trims <= 11, "trims " + trims);
    assertTrue(records() <= 60, "records " + records());
  }

  @Test
  void aDisabledStreamKeepsItsRecordsForADay() {
    StreamTable table = new StreamTable(node, "abc", 2, StreamViewType.NEW_IMAGE);
    start(NO_ROLLING);
    table.put("a", 1, "one");
    node.scheduler.advance(Duration.ofHours(20));
    table.disable();
    node.scheduler.advance(Duration.ofHours(23));
    assertEquals(1, records());
    assertEquals(2, table.shards().size());
    assertEquals(List.of(), forgotten);
    node.scheduler.advance(Duration.ofHours(1).plus(ROUND));
    assertEquals(0, records());
    assertEquals(List.of("abc keeps 0"), forgotten);
    for (PartitionPlacement placement : table.table.partitions()) {
      assertEquals(List.of(), log(placement).shards());
    }
    assertIdle();
  }

  @Test
  void aStreamThatIsEnabledAgainKeepsItsOwnTime() {
    StreamTable table = new StreamTable(node, "abc", 1, StreamViewType.NEW_IMAGE);
    start(NO_ROLLING);
    table.put("a", 1, "one");
    table.disable();
    node.scheduler.advance(Duration.ofHours(1));
    table.enable(StreamViewType.NEW_IMAGE);
    table.put("a", 1, "two");
    node.scheduler.advance(Duration.ofHours(23).plus(ROUND));
    assertEquals(List.of("abc keeps 1"), forgotten);
    assertEquals(1, records());
    assertEquals(List.of("two"), StreamTable.values(table.records(table.shards().getFirst())));
    assertEquals(1, log(table.table.partitions().getFirst()).shards().size());
    node.scheduler.advance(Duration.ofHours(1).plus(Duration.ofMinutes(1)));
    assertEquals(0, records());
  }

  @Test
  void shardsRollWhenTheyAreOldEnoughAndAreForgottenADayLater() {
    StreamTable table = new StreamTable(node, "abc", 2, StreamViewType.NEW_IMAGE);
    start(Duration.ofHours(4));
    assertEquals(2, table.shards().size());
    node.scheduler.advance(Duration.ofHours(4));
    assertEquals(4, table.shards().size());
    List<Shard> first = table.shards();
    node.scheduler.advance(Duration.ofDays(4));
    List<Shard> shards = table.shards();
    assertEquals(2 * 7, shards.size());
    assertTrue(shards.stream().noneMatch(first::contains));
    assertEquals(4, shards.stream().filter(shard -> shard.parentShardId() == null).count() + 2);
    node.serviceClock.shift(DAY);
    node.scheduler.advance(ROUND);
    assertEquals(4, table.shards().size(), "the open ones and those that closed now");
    assertIdle();
  }

  @Test
  void anIdleStreamCostsTwoEntriesForEachShardAtMost() {
    StreamTable table = new StreamTable(node, "abc", 1, StreamViewType.NEW_IMAGE);
    start(Duration.ofHours(4));
    table.put("a", 1, "one");
    node.scheduler.advance(Duration.ofDays(2));
    int before = entries();
    node.scheduler.advance(Duration.ofDays(1));
    assertEquals(12, entries() - before);
    assertEquals(0, records());
  }

  @Test
  void rollingOnDemandTellsHowManyShards() throws Exception {
    StreamTable table = new StreamTable(node, "abc", 3, StreamViewType.NEW_IMAGE);
    ChangeLogUpkeep upkeep = start(NO_ROLLING);
    assertEquals(3, upkeep.rollShards(table.table).get(1, TimeUnit.SECONDS));
    assertEquals(6, table.shards().size());
    TableDescriptor silent = node.create("def", 3, DerivedData.NONE);
    assertEquals(0, upkeep.rollShards(silent).get(1, TimeUnit.SECONDS));
  }

  @Test
  void recordsThatIndexesHaveTakenGoAndThePositionIsStored() {
    DerivedData indexed = DerivedData.NONE.withGlobalIndexes(List.of(node.index()));
    TableDescriptor table = node.create("abc", 1, indexed);
    ChangeLogUpkeep upkeep = start(NO_ROLLING);
    PartitionPlacement placement = table.partitions().getFirst();
    ReplicationGroup group = node.group(placement);
    for (int change = 0; change < 1_500; change++) {
      node.putItem(table, StreamTable.item("a", change, "v"));
    }
    assertEquals(new ChangeLogStatistics("abc", 1_500, 0, 1_500), upkeep.statistics(table));
    node.scheduler.advance(Duration.ofMinutes(5));
    assertEquals(1_500, records());
    group.indexed(placement.partition(), 10, 0);
    int before = entries();
    node.scheduler.advance(ROUND);
    assertEquals(before + 1, entries(), "the first step waited long enough");
    assertEquals(1_490, records());
    group.indexed(placement.partition(), 500, 0);
    node.scheduler.advance(ROUND);
    assertEquals(1_490, records(), "a small step waits");
    node.scheduler.advance(Duration.ofSeconds(30));
    assertEquals(1_000, records());
    group.indexed(placement.partition(), 1_500, 0);
    node.scheduler.advance(ROUND);
    assertEquals(0, records(), "a large step does not wait");
    assertEquals(1_500, log(placement).indexedThrough());
    assertEquals(new ChangeLogStatistics("abc", 0, 0, 0), upkeep.statistics(table));
    node.restart();
    assertEquals(1_500, node.group(placement).indexedThrough(placement.partition()));
    assertIdle();
  }

  @Test
  void whatEitherFollowerNeedsIsKept() {
    StreamTable table = new StreamTable(node, "abc", 1, StreamViewType.NEW_IMAGE);
    DerivedData both = table.table.derived().withGlobalIndexes(List.of(node.index()));
    table.table = node.change(table.table, both);
    ChangeLogUpkeep upkeep = start(NO_ROLLING);
    for (int change = 0; change < 10; change++) {
      table.put("a", change, "v" + change);
    }
    PartitionPlacement placement = table.table.partitions().getFirst();
    node.group(placement).indexed(placement.partition(), 8, 0);
    node.scheduler.advance(Duration.ofHours(1));
    assertEquals(10, records(), "the stream keeps them");
    assertEquals(8, log(placement).indexedThrough());
    assertEquals(
        new ChangeLogStatistics("abc", 10, Duration.ofHours(1).toMillis(), 2),
        upkeep.statistics(table.table));
    node.scheduler.advance(DAY);
    assertEquals(2, records(), "the index keeps them");
    node.group(placement).indexed(placement.partition(), 10, 0);
    node.scheduler.advance(Duration.ofMinutes(1));
    assertEquals(0, records());
    assertIdle();
  }

  @Test
  void whatIsLeftWhenNobodyFollowsGoesAndNothingMoreIsWritten() {
    DerivedData indexed = DerivedData.NONE.withGlobalIndexes(List.of(node.index()));
    TableDescriptor table = node.create("abc", 2, indexed);
    start(NO_ROLLING);
    for (int key = 0; key < 20; key++) {
      node.putItem(table, StreamTable.item("key" + key, 1, "v"));
    }
    node.scheduler.advance(ROUND);
    assertEquals(20, records());
    table = node.change(table, DerivedData.NONE);
    node.scheduler.advance(ROUND);
    assertEquals(0, records());
    for (int key = 0; key < 20; key++) {
      node.putItem(table, StreamTable.item("key" + key, 1, "w"));
    }
    assertIdle();
    node.restart();
    start(NO_ROLLING);
    assertIdle();
  }

  @Test
  void whatWasRecordedBetweenTwoLooksGoesToo() {
    TableDescriptor table = node.create("abc", 1, DerivedData.NONE);
    start(NO_ROLLING);
    table = node.change(table, DerivedData.NONE.withGlobalIndexes(List.of(node.index())));
    node.putItem(table, StreamTable.item("a", 1, "v"));
    node.change(table, DerivedData.NONE);
    assertEquals(1, records());
    node.scheduler.advance(ROUND);
    assertEquals(0, records());
    assertIdle();
  }

  @Test
  void whatCannotBeWrittenNowIsTrimmedLater() {
    StreamTable table = new StreamTable(node, "abc", 1, StreamViewType.NEW_IMAGE);
    start(NO_ROLLING);
    table.put("a", 1, "one");
    node.logs.forEach(log -> log.refuse(true));
    node.scheduler.advance(DAY.plus(Duration.ofMinutes(1)));
    assertEquals(1, records());
    node.logs.forEach(log -> log.refuse(false));
    node.scheduler.advance(Duration.ofMinutes(1));
    assertEquals(0, records());
  }

  @Test
  void manyPartitionsAreKeptUpAFewAtATime() {
    List<StreamTable> tables = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      tables.add(new StreamTable(node, "t" + number, 60, StreamViewType.KEYS_ONLY));
    }
    start(Duration.ofHours(4));
    node.scheduler.advance(Duration.ofHours(4));
    tables.forEach(table -> assertEquals(120, table.shards().size()));
  }

  private ChangeLogState log(PartitionPlacement placement) {
    ChangeLogState log = node.group(placement).changeLog(placement.partition());
    if (log == null) {
      throw new AssertionError("partition is not there");
    }
    return log;
  }
}
