package dev.partita.engine.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.engine.change.ChangeLogState;
import dev.partita.engine.change.StreamShard;
import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.model.api.IndexStatus;
import dev.partita.model.api.StreamViewType;
import dev.partita.model.api.TableStatus;
import dev.partita.model.api.TimeToLiveStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Every change of a table is stopped after each entry that it makes durable in any log, and must be
 * whole, or not have happened, after the next start.
 */
class CrashPointsTest {
  private static final String TABLE = "abc";
  private static final int ITEMS = 300;

  private interface Change {
    void run(TestNode node) throws MetadataUnavailableException;
  }

  /** Runs {@code change} once for each point at which it can be stopped, and once to its end. */
  private static void atEveryPoint(Change before, Change change, Consumer<TestNode> check)
      throws MetadataUnavailableException {
    boolean ended = false;
    int point = 0;
    for (; !ended; point++) {
      try (TestNode node = new TestNode(2)) {
        before.run(node);
        node.stopAfter(point);
        try {
          change.run(node);
          node.awaitOrStop(() -> isAtRest(node));
        } catch (MetadataUnavailableException stopped) {
          assertTrue(node.isStopped());
        }
        ended = !node.isStopped();
        node.restart();
        node.await(() -> isAtRest(node));
        checkPartitions(node);
        check.accept(node);
      }
    }
    assertTrue(point > 5, "only " + point + " points");
  }

  private static boolean isAtRest(TestNode node) {
    for (TableDescriptor table : node.catalog.tables().values()) {
      TimeToLive timeToLive = table.derived().timeToLive();
      if (table.status() != TableStatus.ACTIVE
          || (timeToLive != null && timeToLive.status() == TimeToLiveStatus.ENABLING)
          || (timeToLive != null && timeToLive.status() == TimeToLiveStatus.DISABLING)
          || table.derived().globalIndexes().stream()
              .anyMatch(index -> index.status() != IndexStatus.ACTIVE)) {
        return false;
      }
    }
    return true;
  }

  /** The groups know what the catalog says, and nothing else; no id is there twice. */
  private static void checkPartitions(TestNode node) {
    Set<PartitionId> expected = new HashSet<>();
    for (TableDescriptor table : node.catalog.tables().values()) {
      List<PartitionInstaller.Placed> all = new ArrayList<>(PartitionInstaller.ofTable(table));
      table
          .derived()
          .globalIndexes()
          .forEach(index -> all.addAll(PartitionInstaller.ofIndex(table, index)));
      for (PartitionInstaller.Placed placed : all) {
        assertTrue(expected.add(placed.descriptor().id()));
        assertEquals(
            placed.descriptor(),
            node.groups.get(placed.group().value() - 1).descriptor(placed.descriptor().id()));
      }
    }
    Set<PartitionId> present = new HashSet<>();
    for (ReplicationGroup group : node.groups) {
      for (PartitionDescriptor partition : group.partitions()) {
        assertTrue(present.add(partition.id()));
      }
    }
    assertEquals(expected, present);
  }

  private static void createWithItems(TestNode node) throws MetadataUnavailableException {
    node.create(TABLE);
    for (int i = 0; i < ITEMS; i++) {
      node.put(TABLE, "k" + i, "v" + i, i);
    }
  }

  private static void createIndexed(TestNode node) throws MetadataUnavailableException {
    createWithItems(node);
    node.addIndex(TABLE, "byX", "x");
    node.await(() -> isAtRest(node));
  }

  @Test
  void creationWithIndexesAndStream() throws MetadataUnavailableException {
    atEveryPoint(
        _ -> {},
        node ->
            node.controlPlane.create(
                new TableDraft(
                    TABLE,
                    TestNode.KEY,
                    TestNode.ON_DEMAND,
                    Map.of(),
                    3,
                    List.of(),
                    List.of(TestNode.indexDraft("byX", "x"), TestNode.indexDraft("byY", "y")),
                    StreamViewType.NEW_IMAGE,
                    5)),
        node -> {
          TableDescriptor table = node.catalog.find(TABLE);
          if (table != null) {
            node.put(TABLE, "k", "v", 1);
            GlobalIndexDescriptor index = table.derived().globalIndexes().getFirst();
            node.await(() -> node.rows(index, "x").equals(List.of("v=k")));
          }
        });
  }

  @Test
  void additionOfAnIndex() throws MetadataUnavailableException {
    atEveryPoint(
        CrashPointsTest::createWithItems,
        node -> node.addIndex(TABLE, "byX", "x"),
        node -> {
          for (GlobalIndexDescriptor index : node.table(TABLE).derived().globalIndexes()) {
            assertEquals(ITEMS, node.rows(index, "x").size());
            node.delete(TABLE, "k0");
            node.await(() -> node.rows(index, "x").size() == ITEMS - 1);
          }
          assertEquals(List.of(), node.table(TABLE).derived().backfills());
        });
  }

  @Test
  void deletionOfAnIndex() throws MetadataUnavailableException {
    atEveryPoint(
        CrashPointsTest::createIndexed,
        node -> {
          TableDescriptor table = node.table(TABLE);
          GlobalIndexDescriptor index = table.derived().globalIndexes().getFirst();
          node.controlPlane.update(
              table
                  .withDerived(
                      table
                          .derived()
                          .withGlobalIndex(index.withStatus(IndexStatus.DELETING, false)))
                  .withStatus(TableStatus.UPDATING));
        },
        node -> {
          for (GlobalIndexDescriptor index : node.table(TABLE).derived().globalIndexes()) {
            assertEquals(ITEMS, node.rows(index, "x").size());
          }
          assertEquals(ITEMS, node.items(node.table(TABLE).partitionMap()).size());
        });
  }

  @Test
  void deletionOfATableWithIndexes() throws MetadataUnavailableException {
    atEveryPoint(
        CrashPointsTest::createIndexed,
        node -> node.controlPlane.delete(node.table(TABLE)),
        node -> {
          TableDescriptor table = node.catalog.find(TABLE);
          if (table != null) {
            assertEquals(ITEMS, node.rows(table.derived().globalIndexes().getFirst(), "x").size());
          }
        });
  }

  @Test
  void aStreamThatIsDisabledAndEnabled() throws MetadataUnavailableException {
    atEveryPoint(
        node -> {
          node.create(TABLE);
          setStream(node, true);
        },
        node -> {
          setStream(node, false);
          setStream(node, true);
        },
        node -> {
          StreamDescriptor enabled = node.table(TABLE).derived().enabledStream();
          for (PartitionPlacement placement : node.table(TABLE).partitions()) {
            ChangeLogState changeLog = node.group(placement).changeLog(placement.partition());
            assertNotNull(changeLog);
            List<Long> open =
                changeLog.shards().stream()
                    .filter(StreamShard::isOpen)
                    .map(StreamShard::streamId)
                    .toList();
            assertEquals(enabled == null ? List.of() : List.of(enabled.streamId()), open);
          }
        });
  }

  private static void setStream(TestNode node, boolean on) throws MetadataUnavailableException {
    TableDescriptor table = node.table(TABLE);
    List<StreamDescriptor> streams = new ArrayList<>(table.derived().streams());
    if (on) {
      streams.add(node.controlPlane.newStream(streams, StreamViewType.NEW_IMAGE, 5));
    } else {
      streams.add(streams.removeLast().disabledAt(6));
    }
    node.controlPlane.update(
        table.withDerived(table.derived().withStreams(streams)).withStatus(TableStatus.UPDATING));
    if (node.table(TABLE).status() != TableStatus.ACTIVE) {
      throw new MetadataUnavailableException("stopped");
    }
  }

  @Test
  void timeToLiveThatIsEnabled() throws MetadataUnavailableException {
    atEveryPoint(
        CrashPointsTest::createWithItems,
        node ->
            node.controlPlane.setTimeToLive(
                node.table(TABLE), new TimeToLive("n", TimeToLiveStatus.ENABLING, 1)),
        node -> {
          TimeToLive timeToLive = node.table(TABLE).derived().timeToLive();
          assertEquals(timeToLive == null ? 0 : ITEMS, node.marks(node.table(TABLE)).size());
        });
  }

  @Test
  void timeToLiveThatIsDisabled() throws MetadataUnavailableException {
    atEveryPoint(
        node -> {
          createWithItems(node);
          node.controlPlane.setTimeToLive(
              node.table(TABLE), new TimeToLive("n", TimeToLiveStatus.ENABLING, 1));
          node.await(() -> isAtRest(node));
        },
        node ->
            node.controlPlane.setTimeToLive(
                node.table(TABLE), new TimeToLive("n", TimeToLiveStatus.DISABLING, 1)),
        node -> {
          TimeToLive timeToLive = node.table(TABLE).derived().timeToLive();
          assertNotNull(timeToLive);
          assertFalse(timeToLive.marksItems() == node.marks(node.table(TABLE)).isEmpty());
        });
  }
}
