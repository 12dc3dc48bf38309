package dev.partita.engine.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.engine.globalindex.PropagationDelay;
import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.ProjectedAttributes;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.Outcome;
import dev.partita.model.AttributeType;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import dev.partita.model.api.IndexStatus;
import dev.partita.model.api.ProjectionType;
import dev.partita.model.api.StreamViewType;
import dev.partita.model.api.TableStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Global indexes from their creation to their end. */
class GlobalIndexLifeTest {
  private static final String TABLE = "abc";
  private static final IndexDefinition LOCAL =
      new IndexDefinition(
          "local",
          1,
          new KeySchema(
              new KeyAttribute("p", KeyType.HASH, AttributeType.S),
              new KeyAttribute("n", KeyType.RANGE, AttributeType.N)),
          new ProjectedAttributes(ProjectionType.INCLUDE, List.of("a", "b")));

  private TestNode node = new TestNode(3);

  @AfterEach
  void close() {
    node.close();
  }

  private GlobalIndexDescriptor index(String name) {
    GlobalIndexDescriptor index = node.table(TABLE).derived().globalIndex(name);
    assertNotNull(index);
    return index;
  }

  private boolean isActive(String name) {
    GlobalIndexDescriptor index = node.table(TABLE).derived().globalIndex(name);
    return index != null && index.status() == IndexStatus.ACTIVE;
  }

  private List<String> put(int from, int to) {
    TreeSet<String> rows = new TreeSet<>();
    for (int i = from; i < to; i++) {
      assertInstanceOf(Outcome.Applied.class, node.put(TABLE, "k" + i, "v" + i, i));
      rows.add("v" + i + "=k" + i);
    }
    return new ArrayList<>(rows);
  }

  @Test
  void indexesThatComeWithATableAreStoredAndActiveWithIt() throws MetadataUnavailableException {
    TableDescriptor answer =
        node.controlPlane.create(
            new TableDraft(
                TABLE,
                TestNode.KEY,
                TestNode.ON_DEMAND,
                Map.of(),
                4,
                List.of(LOCAL),
                List.of(TestNode.indexDraft("byX", "x"), TestNode.indexDraft("byY", "y")),
                StreamViewType.OLD_IMAGE,
                1_764_039_845_123L));
    assertEquals(TableStatus.CREATING, answer.status());
    assertEquals(IndexStatus.CREATING, answer.derived().globalIndexes().getFirst().status());
    TableDescriptor table = node.table(TABLE);
    assertEquals(TableStatus.ACTIVE, table.status());
    assertEquals(IndexStatus.ACTIVE, index("byX").status());
    assertFalse(index("byX").backfilling());
    assertEquals(List.of(LOCAL), table.derived().localIndexes());
    assertEquals("2025-11-25T03:04:05.123", table.derived().streams().getFirst().label());
    node.restart();
    assertEquals(table, node.table(TABLE));
    List<String> rows = put(0, 20);
    node.await(() -> node.rows(index("byX"), "x").equals(rows));
    assertEquals(List.of(), node.rows(index("byY"), "y"));
  }

  @Test
  void partitionsOfTableAndIndexStartAtDifferentGroups() throws MetadataUnavailableException {
    for (int i = 0; i < 10; i++) {
      TableDescriptor table = node.create("t" + i);
      GlobalIndexDescriptor added =
          node.controlPlane.newGlobalIndex(table, TestNode.indexDraft("byX", "x"));
      assertNotEquals(
          table.partitions().getFirst().group(),
          added.partitionMap().partitions().getFirst().group());
      assertEquals(
          3,
          added.partitionMap().partitions().stream()
              .map(PartitionPlacement::group)
              .distinct()
              .count());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 700})
  void anAddedIndexHoldsWhatWasThere(int items) throws MetadataUnavailableException {
    node.create(TABLE);
    List<String> rows = put(0, items);
    node.addIndex(TABLE, "byX", "x");
    assertEquals(TableStatus.ACTIVE, node.table(TABLE).status());
    assertTrue(index("byX").backfilling());
    assertFalse(index("byX").servesReads());
    node.await(() -> isActive("byX"));
    assertFalse(index("byX").backfilling());
    assertEquals(rows, node.rows(index("byX"), "x"));
    assertEquals(List.of(), node.controlPlane.backfillProgress());
    assertEquals(List.of(), node.table(TABLE).derived().backfills());
    node.restart();
    assertEquals(IndexStatus.ACTIVE, index("byX").status());
  }

  @Test
  void itemsThatChangeMeanwhileEndUpRight() throws MetadataUnavailableException {
    node.create(TABLE);
    put(0, 600);
    node.delay = _ -> PropagationDelay.HELD;
    node.addIndex(TABLE, "byX", "x");
    node.runSideFlows();
    for (int i = 0; i < 600; i += 3) {
      node.delete(TABLE, "k" + i);
      node.put(TABLE, "k" + (i + 1), "w" + (i + 1), i);
    }
    put(600, 650);
    node.delay = PropagationDelay.NONE;
    node.await(() -> isActive("byX"));
    TreeSet<String> rows = new TreeSet<>();
    for (int i = 0; i < 650; i++) {
      if (i >= 600 || i % 3 == 2) {
        rows.add("v" + i + "=k" + i);
      } else if (i % 3 == 1) {
        rows.add("w" + i + "=k" + i);
      }
    }
    node.await(() -> node.rows(index("byX"), "x").equals(new ArrayList<>(rows)));
  }

  @Test
  void anIndexIsNotActiveBeforeItsRowsAreThere() throws MetadataUnavailableException {
    node.create(TABLE);
    put(0, 20);
    node.delay = _ -> PropagationDelay.HELD;
    node.addIndex(TABLE, "byX", "x");
    for (int i = 0; i < 20; i++) {
      node.runSideFlows();
    }
    assertTrue(index("byX").backfilling());
    BackfillProgress progress = node.controlPlane.backfillProgress().getFirst();
    assertEquals(new BackfillProgress(TABLE, "byX", 20, 20), progress);
    node.delay = PropagationDelay.NONE;
    node.await(() -> isActive("byX"));
  }

  @Test
  void writesThatChangeNothingDoNotKeepAnIndexFromBeingFinished()
      throws MetadataUnavailableException {
    node.create(TABLE);
    put(0, 5);
    node.addIndex(TABLE, "byX", "x");
    put(0, 5);
    node.await(() -> isActive("byX"));
  }

  @Test
  void aBackfillLeavesRoomForWrites() throws MetadataUnavailableException {
    node.create(TABLE);
    put(0, 20_000);
    node.delay = _ -> PropagationDelay.HELD;
    node.addIndex(TABLE, "byX", "x");
    for (int i = 0; i < 10; i++) {
      node.runSideFlows();
    }
    BackfillProgress progress = node.controlPlane.backfillProgress().getFirst();
    // A few thousand records of one partition of each group: far from where writes are throttled.
    assertTrue(progress.itemsDone() >= 12_000 && progress.itemsDone() < 14_000, "" + progress);
    put(20_000, 20_100);
    node.delay = PropagationDelay.NONE;
    node.await(() -> isActive("byX"));
    assertEquals(20_100, node.rows(index("byX"), "x").size());
  }

  @Test
  void aBackfillGoesOnWhereItWas() throws MetadataUnavailableException {
    node.create(TABLE);
    put(0, 24_000);
    node.addIndex(TABLE, "byX", "x");
    while (node.table(TABLE).derived().backfills().isEmpty()) {
      node.scheduler.runSteps(5);
      TestNode.pause();
      assertFalse(isActive("byX"));
    }
    List<BackfillPosition> positions = node.table(TABLE).derived().backfills();
    assertEquals(4, positions.size());
    long done = positions.stream().mapToLong(BackfillPosition::itemsDone).sum();
    assertTrue(done >= 20_000);
    node.restart();
    assertEquals(positions, node.table(TABLE).derived().backfills());
    assertEquals(done, node.controlPlane.backfillProgress().getFirst().itemsDone());
    node.await(() -> isActive("byX"));
    assertEquals(24_000, node.rows(index("byX"), "x").size());
  }

  @Test
  void aSecondIndexIsFilledBesideTheFirst() throws MetadataUnavailableException {
    node.create(TABLE);
    List<String> rows = put(0, 300);
    node.addIndex(TABLE, "byX", "x");
    node.await(() -> isActive("byX"));
    node.addIndex(TABLE, "alsoByX", "x");
    node.await(() -> isActive("alsoByX"));
    assertEquals(rows, node.rows(index("byX"), "x"));
    assertEquals(rows, node.rows(index("alsoByX"), "x"));
  }

  private void deleteIndex(String name) throws MetadataUnavailableException {
    TableDescriptor table = node.table(TABLE);
    node.controlPlane.update(
        table
            .withDerived(
                table
                    .derived()
                    .withGlobalIndex(index(name).withStatus(IndexStatus.DELETING, false)))
            .withStatus(TableStatus.UPDATING));
  }

  private boolean hasPartitions(GlobalIndexDescriptor index) {
    return index.partitionMap().partitions().stream()
        .anyMatch(placement -> node.group(placement).descriptor(placement.partition()) != null);
  }

  @Test
  void aDeletedIndexLeavesNothing() throws MetadataUnavailableException {
    node.create(TABLE);
    put(0, 50);
    node.addIndex(TABLE, "byX", "x");
    node.addIndex(TABLE, "alsoByX", "x");
    node.await(() -> isActive("byX") && isActive("alsoByX"));
    GlobalIndexDescriptor first = index("byX");
    GlobalIndexDescriptor second = index("alsoByX");
    deleteIndex("byX");
    assertNull(node.table(TABLE).derived().globalIndex("byX"));
    assertFalse(hasPartitions(first));
    put(50, 60);
    node.await(() -> node.rows(second, "x").size() == 60);
    deleteIndex("alsoByX");
    assertFalse(hasPartitions(second));
    long recorded = changes();
    put(60, 70);
    assertEquals(recorded, changes()); // Nobody follows any more.
    node.addIndex(TABLE, "byX", "x");
    node.await(() -> isActive("byX"));
    assertEquals(70, node.rows(index("byX"), "x").size());
    assertNotEquals(first.definition().number(), index("byX").definition().number());
  }

  private long changes() {
    long count = 0;
    for (PartitionPlacement placement : node.table(TABLE).partitions()) {
      count += node.group(placement).changes(placement.partition(), 0, 10_000, 1 << 30).size();
    }
    return count;
  }

  @Test
  void aLongQueueOfADeletedIndexDoesNotThrottleTheNext() throws MetadataUnavailableException {
    node.create(TABLE);
    node.addIndex(TABLE, "byX", "x");
    node.await(() -> isActive("byX"));
    node.delay = _ -> PropagationDelay.HELD;
    int written = 0;
    while (node.put(TABLE, "same", "v" + written, 1) instanceof Outcome.Applied) {
      written++;
    }
    assertTrue(written > 5_000);
    deleteIndex("byX");
    assertInstanceOf(Outcome.Applied.class, node.put(TABLE, "same", "x", 2));
    node.addIndex(TABLE, "byX", "x");
    assertInstanceOf(Outcome.Applied.class, node.put(TABLE, "same", "y", 2));
    node.delay = PropagationDelay.NONE;
    node.await(() -> isActive("byX"));
    node.await(() -> node.rows(index("byX"), "x").equals(List.of("y=same")));
  }

  @Test
  void anIndexCanBeDeletedWhileItIsFilled() throws MetadataUnavailableException {
    node.create(TABLE);
    put(0, 500);
    node.delay = _ -> PropagationDelay.HELD;
    node.addIndex(TABLE, "byX", "x");
    node.runSideFlows();
    deleteIndex("byX");
    assertEquals(List.of(), node.controlPlane.backfillProgress());
    node.delay = PropagationDelay.NONE;
    for (int i = 0; i < 10; i++) {
      node.runSideFlows();
    }
    assertEquals(List.of(), node.table(TABLE).derived().globalIndexes());
    assertEquals(TableStatus.ACTIVE, node.table(TABLE).status());
  }

  @Test
  void aTableCanBeDeletedWhileAnIndexIsFilled() throws MetadataUnavailableException {
    node.create(TABLE);
    put(0, 500);
    node.addIndex(TABLE, "byX", "x");
    node.controlPlane.delete(node.table(TABLE));
    assertNull(node.catalog.find(TABLE));
    assertEquals(List.of(), node.controlPlane.backfillProgress());
    for (int i = 0; i < 10; i++) {
      node.runSideFlows();
    }
    node.groups.forEach(group -> assertEquals(List.of(), group.partitions()));
    node.create(TABLE);
    assertEquals(List.of(), node.items(node.table(TABLE).partitionMap()));
  }

  @Test
  void withADelayStatusesCanBeSeen() throws MetadataUnavailableException {
    node.close();
    node = new TestNode(2, Duration.ofMillis(300));
    node.create(TABLE);
    node.await(() -> node.table(TABLE).status() == TableStatus.ACTIVE);
    List<String> rows = put(0, 10);
    node.addIndex(TABLE, "byX", "x");
    assertEquals(TableStatus.UPDATING, node.table(TABLE).status());
    assertEquals(IndexStatus.CREATING, index("byX").status());
    assertFalse(index("byX").backfilling());
    assertTrue(hasPartitions(index("byX"))); // So that other indexes need not wait.
    node.await(() -> isActive("byX"));
    assertEquals(rows, node.rows(index("byX"), "x"));
    deleteIndex("byX");
    assertEquals(IndexStatus.DELETING, index("byX").status());
    node.await(() -> node.table(TABLE).derived().globalIndexes().isEmpty());
    assertEquals(TableStatus.ACTIVE, node.table(TABLE).status());
  }

  @Test
  void afterLostWritesIndexesAreMadeAgain() throws MetadataUnavailableException {
    node.create(TABLE);
    List<String> rows = put(0, 100);
    node.addIndex(TABLE, "byX", "x");
    node.await(() -> isActive("byX"));
    PartitionPlacement lost = index("byX").partitionMap().partitions().getFirst();
    node.group(lost)
        .submit(
            new GroupCommand.RemovePartition(
                lost.partition(), index("byX").definition().number(), _ -> {}));
    assertTrue(node.rows(index("byX"), "x").size() < 100);
    node.restart(true);
    assertTrue(index("byX").backfilling());
    node.await(() -> isActive("byX"));
    assertEquals(rows, node.rows(index("byX"), "x"));
  }
}
