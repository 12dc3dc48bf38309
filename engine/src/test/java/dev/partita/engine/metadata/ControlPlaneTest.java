package dev.partita.engine.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Clock;
import dev.partita.base.RandomSource;
import dev.partita.engine.partition.ChangeListener;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.GroupLimits;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.MemoryLog;
import dev.partita.engine.partition.MemoryStore;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.PartitionSchema;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.model.AttributeType;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.OnDemandThroughput;
import dev.partita.model.api.SseType;
import dev.partita.model.api.TableClass;
import dev.partita.model.api.TableStatus;
import dev.partita.model.api.WarmThroughput;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.StorageException;
import dev.partita.storage.format.ItemKeyFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlPlaneTest {
  private static final int GROUPS = 4;
  private static final int PARTITIONS = 4;
  private static final KeySchema KEY =
      new KeySchema(new KeyAttribute("p", KeyType.HASH, AttributeType.S), null);
  private static final TableSettings SETTINGS =
      new TableSettings(
          BillingMode.PAY_PER_REQUEST,
          0,
          0,
          0,
          0,
          123,
          new OnDemandThroughput(10L, null),
          new WarmThroughput(null, 5000L),
          TableClass.STANDARD_INFREQUENT_ACCESS,
          124,
          SseType.KMS,
          "arn:aws:kms:us-east-1:000000000000:key/k",
          true);

  private final MemoryStore metadataStore = new MemoryStore();
  private final MemoryLog metadataLog = new MemoryLog(metadataStore);
  private final List<MemoryStore> stores =
      IntStream.range(0, GROUPS).mapToObj(_ -> new MemoryStore()).toList();
  private final List<MemoryLog> logs = stores.stream().map(MemoryLog::new).toList();
  private final List<ReplicationGroup> groups =
      IntStream.range(0, GROUPS).mapToObj(this::open).toList();
  private final ManualScheduler scheduler = new ManualScheduler();
  private TableCatalog catalog = openCatalog();
  private ControlPlane controlPlane = openControlPlane();

  private ReplicationGroup open(int index) {
    return new ReplicationGroup(
        new ReplicationGroupId(index + 1),
        stores.get(index),
        logs.get(index),
        Clock.SYSTEM,
        RandomSource.SYSTEM,
        Runnable::run,
        (message, cause) -> {
          throw new AssertionError(message, cause);
        },
        GroupLimits.DEFAULT,
        ChangeListener.NONE);
  }

  private TableCatalog openCatalog() {
    return new TableCatalog(metadataStore, metadataLog, Clock.SYSTEM, RandomSource.SYSTEM);
  }

  private ControlPlane openControlPlane() {
    return new ControlPlane(
        catalog,
        groups,
        scheduler,
        RandomSource.SYSTEM,
        (message, cause) -> {
          throw new AssertionError(message, cause);
        },
        ControlPlaneSettings.DEFAULT);
  }

  @AfterEach
  void close() {
    controlPlane.close();
  }

  private TableDescriptor create(String name) throws MetadataUnavailableException {
    return controlPlane.create(
        new TableDraft(name, KEY, SETTINGS, Map.of("k", "v"), PARTITIONS, 99));
  }

  private TableDescriptor stored(String name) {
    TableDescriptor table = catalog.find(name);
    assertNotNull(table);
    return table;
  }

  private void restart() throws MetadataUnavailableException {
    controlPlane.close();
    catalog = openCatalog();
    controlPlane = openControlPlane();
    controlPlane.finishInterrupted(false);
  }

  @Test
  void everythingOfATableIsStored() throws MetadataUnavailableException {
    assertEquals(TableStatus.CREATING, create("abc").status());
    TableDescriptor created = stored("abc");
    assertEquals(TableStatus.ACTIVE, created.status());
    restart();
    assertEquals(created, stored("abc"));
  }

  @Test
  void partitionsAreSpreadOverTheGroups() throws MetadataUnavailableException {
    TableDescriptor table = create("abc");
    assertEquals(
        GROUPS, table.partitions().stream().map(PartitionPlacement::group).distinct().count());
    for (PartitionPlacement placement : table.partitions()) {
      assertEquals(
          new PartitionCounters(0, 0, 0),
          groups.get(placement.group().value() - 1).counters(placement.partition()));
    }
  }

  @Test
  void anInterruptedCreationIsFinished() throws MetadataUnavailableException {
    TableDescriptor complete = create("abc");
    TableDescriptor interrupted =
        new TableDescriptor(
            "def",
            "uuid",
            TableStatus.CREATING,
            1,
            99,
            KEY,
            SETTINGS,
            Map.of(),
            new PartitionMap(
                catalog.takeTableId(),
                complete.partitions().stream()
                    .map(placement ->
                        new PartitionPlacement(
                            new PartitionId(catalog.takePartitionIds(1)),
                            placement.group(),
                            placement.firstHash()))
                    .toList()),
            DerivedData.NONE);
    catalog.put(interrupted);
    restart();
    assertEquals(TableStatus.ACTIVE, stored("def").status());
    for (PartitionPlacement placement : interrupted.partitions()) {
      assertNotNull(groups.get(placement.group().value() - 1).counters(placement.partition()));
    }
  }

  @Test
  void anInterruptedDeletionIsFinishedAndItemsGo() throws MetadataUnavailableException {
    TableDescriptor table = stored(create("abc").name());
    for (int i = 0; i < 20; i++) {
      put(table, "key" + i);
    }
    catalog.put(table.withStatus(TableStatus.DELETING));
    restart();
    assertNull(catalog.find("abc"));
    for (MemoryStore store : stores) {
      assertEquals(0, store.size(ColumnFamily.ITEMS));
    }
    assertNotEquals(table.tableId(), create("abc").tableId());
  }

  @Test
  void idsOfATableThatTheCatalogLostAreNotTakenAgain() throws MetadataUnavailableException {
    PartitionDescriptor lost =
        new PartitionDescriptor(
            new PartitionId(1234),
            77,
            1,
            1,
            create("abc").partitionDescriptor(0).range(),
            PartitionSchema.PLAIN);
    groups.getLast().submit(new GroupCommand.InstallPartition(lost, _ -> {}));
    restart();
    TableDescriptor next = create("next");
    assertTrue(next.tableId() > lost.tableId());
    assertTrue(next.partitions().getFirst().partition().value() > lost.id().value());
  }

  @Test
  void aStepThatCannotBeDoneNowIsDoneLater() throws Exception {
    logs.get(2).refuse(true);
    create("abc");
    assertEquals(TableStatus.CREATING, stored("abc").status());
    logs.get(2).refuse(false);
    for (int tenths = 0; tenths < 100 && !stored("abc").servesItems(); tenths++) {
      Thread.sleep(100);
    }
    assertEquals(TableStatus.ACTIVE, stored("abc").status());
  }

  @Test
  void aMissingPartitionIsDamageUnlessWritesAreNotForced() throws MetadataUnavailableException {
    TableDescriptor table = stored(create("abc").name());
    PartitionPlacement first = table.partitions().getFirst();
    ReplicationGroup group = groups.get(first.group().value() - 1);
    group.submit(new GroupCommand.RemovePartition(first.partition(), table.tableId(), _ -> {}));
    assertThrows(StorageException.class, this::restart);
    controlPlane.finishInterrupted(true);
    assertEquals(new PartitionCounters(0, 0, 0), group.counters(first.partition()));
  }

  private void put(TableDescriptor table, String partitionKey) {
    byte[] key =
        ItemKeyFormat.encode(
            table.tableId(), partitionKey.getBytes(StandardCharsets.UTF_8), new byte[0]);
    PartitionPlacement placement = table.partitionMap().placement(key);
    groups
        .get(placement.group().value() - 1)
        .submit(
            new GroupCommand.WriteItem(
                placement.partition(),
                table.tableId(),
                table.schemaVersion(),
                key,
                _ -> new ItemEffect.Put(Item.EMPTY, 1),
                1,
                _ -> {}));
  }
}
