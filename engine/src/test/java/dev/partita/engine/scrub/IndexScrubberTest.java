package dev.partita.engine.scrub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Bytes;
import dev.partita.engine.index.IndexRows;
import dev.partita.engine.index.RowChange;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.PlacedTables;
import dev.partita.engine.partition.ExpiringItem;
import dev.partita.engine.partition.LocalIndexCounters;
import dev.partita.engine.partition.MemoryStore;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.partition.PlantedRecords;
import dev.partita.engine.scrub.Difference.Problem;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.api.IndexStatus;
import dev.partita.model.api.TimeToLiveStatus;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.format.Envelope;
import dev.partita.storage.format.ItemKeyFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IndexScrubberTest {
  private static final int ITEMS = 700;
  private static final Item ONE = ScrubbedTable.item("p1", 1_000, 5, "y1", "value");

  private final ScrubbedTable table = new ScrubbedTable();

  @BeforeEach
  void fill() {
    Random random = new Random(1);
    for (int s = 0; s < ITEMS; s++) {
      Integer x = random.nextInt(4) == 0 ? null : random.nextInt(20);
      String y = random.nextInt(4) == 0 ? null : "y" + random.nextInt(30);
      table.put(ScrubbedTable.item("p" + random.nextInt(9), s % 200, x, y, "v" + s));
    }
    for (int s = 0; s < 50; s++) {
      table.delete(ScrubbedTable.item("p" + random.nextInt(9), random.nextInt(200), 1, "y", ""));
    }
    table.put(ONE);
    table.scheduler.run(1_000);
  }

  private ScrubReport check() {
    return check(null);
  }

  private ScrubReport check(@Nullable String indexName) {
    List<ScrubReport> reports = start(indexName);
    table.scheduler.run(60_000);
    assertEquals(1, reports.size(), "the check ends");
    return reports.getFirst();
  }

  private List<ScrubReport> start(@Nullable String indexName) {
    List<ScrubReport> reports = new ArrayList<>();
    assertTrue(table.scrubber.start(List.of(table.table()), indexName, reports::addAll));
    return reports;
  }

  private Difference only(ScrubReport report) {
    assertEquals(1, report.differenceCount(), report.toString());
    assertFalse(report.isClean());
    return report.differences().getFirst();
  }

  private void assertRow(Difference difference, String index, Problem problem, byte[] rowKey) {
    Difference.Row row = assertInstanceOf(Difference.Row.class, difference);
    assertEquals(index, row.indexName());
    assertEquals(problem, row.problem());
    assertEquals(Bytes.wrap(rowKey), row.rowKey());
  }

  private byte[] localKey(Item item) {
    byte[] key = IndexRows.localKey(ScrubbedTable.BY_X, table.key(item), item);
    if (key == null) {
      throw new IllegalStateException("no row");
    }
    return key;
  }

  private byte[] globalKey(Item item) {
    byte[] key = IndexRows.globalKey(ScrubbedTable.BY_Y, table.key(item), item);
    if (key == null) {
      throw new IllegalStateException("no row");
    }
    return key;
  }

  private MemoryStore localStore(byte[] key) {
    return table.storeOf(table.table().partitionMap(), key);
  }

  private MemoryStore globalStore(byte[] key) {
    return table.storeOf(table.indexPartitions(), key);
  }

  private PartitionPlacement placement(Item item) {
    return table.table().partitionMap().placement(table.key(item));
  }

  private static byte[] sealed(byte[] key, Item row) {
    return Envelope.seal(key, Envelope.Kind.ITEM, row.size(), 1, 1, row.encoded());
  }

  private static Item with(Item item, String name, AttributeValue value) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>(item.attributes());
    attributes.put(name, value);
    return Item.of(attributes);
  }

  private Item localRow(Item item) {
    return row(
        RowChange.local(
            ScrubbedTable.BY_X, table.table().keySchema(), table.key(item), null, item));
  }

  private Item globalRow(Item item) {
    return row(
        RowChange.global(
            ScrubbedTable.BY_Y, table.table().keySchema(), table.key(item), null, item));
  }

  private static Item row(RowChange change) {
    Item row = change.newRow();
    if (row == null) {
      throw new IllegalStateException("no row");
    }
    return row;
  }

  @Test
  void nothingIsWrongWithWhatWasWritten() {
    ScrubReport report = check();
    assertTrue(report.isClean(), report.toString());
    assertEquals(report.items(), report.expiryMarks());
    assertTrue(report.items() > 500, report.toString());
    for (IndexResult index : report.indexes()) {
      assertEquals(index.rowsExpected(), index.rows());
      assertTrue(index.rows() > 200 && index.rows() < report.items(), index.toString());
    }
    assertEquals(List.of("byX", "byY"), report.indexes().stream().map(IndexResult::name).toList());
  }

  @Test
  void findsAMissingRow() {
    byte[] global = globalKey(ONE);
    ScrubbedTable.plant(globalStore(global), ColumnFamily.ITEMS, global, null);
    Difference.Row row = assertInstanceOf(Difference.Row.class, onlyRow(check("byY")));
    assertRow(row, "byY", Problem.MISSING, global);
    Item key = row.itemKey();
    assertEquals(
        Map.of("p", value(ONE, "p"), "s", value(ONE, "s")), key == null ? null : key.attributes());
    assertTrue(check("byX").isClean());

    byte[] local = localKey(ONE);
    ScrubbedTable.plant(localStore(local), ColumnFamily.LOCAL_INDEX_ROWS, local, null);
    assertRow(onlyRow(check("byX")), "byX", Problem.MISSING, local);
  }

  private static AttributeValue value(Item item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new IllegalStateException(name);
    }
    return value;
  }

  /** Counts are wrong too when a row is missing or superfluous. */
  private static Difference onlyRow(ScrubReport report) {
    List<Difference> rows =
        report.differences().stream().filter(found -> found instanceof Difference.Row).toList();
    assertEquals(1, rows.size(), report.toString());
    List<Difference> counts =
        report.differences().stream().filter(found -> found instanceof Difference.Count).toList();
    assertEquals(2, counts.size(), report.toString());
    assertEquals(3, report.differenceCount());
    return rows.getFirst();
  }

  @Test
  void findsASuperfluousRow() {
    Item never = ScrubbedTable.item("p1", 2_000, 7, "y3", "v");
    Item moved = with(ONE, "x", ScrubbedTable.number(6));
    for (Item item : List.of(never, moved)) {
      byte[] global = globalKey(item);
      ScrubbedTable.plant(
          globalStore(global), ColumnFamily.ITEMS, global, sealed(global, globalRow(item)));
      assertRow(onlyRow(check("byY")), "byY", Problem.SUPERFLUOUS, global);
      ScrubbedTable.plant(globalStore(global), ColumnFamily.ITEMS, global, null);

      byte[] local = localKey(item);
      ScrubbedTable.plant(
          localStore(local), ColumnFamily.LOCAL_INDEX_ROWS, local, sealed(local, localRow(item)));
      assertRow(onlyRow(check("byX")), "byX", Problem.SUPERFLUOUS, local);
      ScrubbedTable.plant(localStore(local), ColumnFamily.LOCAL_INDEX_ROWS, local, null);
    }
    assertTrue(check().isClean());
  }

  @Test
  void findsRowsUnderKeysThatNoItemCanHave() {
    byte[] whole = globalKey(ONE);
    byte[] cut = Arrays.copyOf(whole, ItemKeyFormat.sortKeyOffset(whole) + 1);
    ScrubbedTable.plant(globalStore(cut), ColumnFamily.ITEMS, cut, sealed(cut, ONE));
    Difference.Row row = assertInstanceOf(Difference.Row.class, onlyRow(check("byY")));
    assertRow(row, "byY", Problem.SUPERFLUOUS, cut);
    assertNull(row.itemKey());
    ScrubbedTable.plant(globalStore(cut), ColumnFamily.ITEMS, cut, null);

    byte[] unknown = localKey(ONE);
    unknown[ItemKeyFormat.sortKeyOffset(unknown)] = 5;
    ScrubbedTable.plant(
        localStore(unknown), ColumnFamily.LOCAL_INDEX_ROWS, unknown, sealed(unknown, ONE));
    ScrubReport report = check();
    assertRow(
        report.differences().getFirst(), "(local index number 5)", Problem.SUPERFLUOUS, unknown);
    assertTrue(check("byX").isClean());
  }

  @Test
  void findsADifferentRow() {
    byte[] global = globalKey(ONE);
    for (String attribute : List.of("v", "y", "s")) {
      AttributeValue other =
          attribute.equals("s")
              ? ScrubbedTable.number(1_001)
              : new AttributeValue.StringValue("zz");
      Item wrong = with(globalRow(ONE), attribute, other);
      ScrubbedTable.plant(globalStore(global), ColumnFamily.ITEMS, global, sealed(global, wrong));
      ScrubReport report = check("byY");
      Difference.Row row =
          assertInstanceOf(
              Difference.Row.class,
              report.differences().stream()
                  .filter(found -> found instanceof Difference.Row)
                  .findFirst()
                  .orElseThrow());
      assertRow(row, "byY", Problem.DIFFERENT, global);
      assertEquals(List.of(attribute), row.attributes());
      assertEquals(1, report.indexes().getFirst().different());
    }

    byte[] local = localKey(ONE);
    ScrubbedTable.plant(
        localStore(local),
        ColumnFamily.LOCAL_INDEX_ROWS,
        local,
        sealed(local, with(localRow(ONE), "x", ScrubbedTable.number(6))));
    Difference.Row row = assertInstanceOf(Difference.Row.class, only(check("byX")));
    assertRow(row, "byX", Problem.DIFFERENT, local);
    assertEquals(List.of("x"), row.attributes());
  }

  @Test
  void findsDamagedValuesAndGoesOn() {
    byte[] global = globalKey(ONE);
    damage(globalStore(global), ColumnFamily.ITEMS, global);
    byte[] local = localKey(ONE);
    damage(localStore(local), ColumnFamily.LOCAL_INDEX_ROWS, local);
    ScrubReport report = check();
    assertEquals(2, report.differenceCount(), report.toString());
    assertDamaged(report.differences().get(0), local);
    assertDamaged(report.differences().get(1), global);

    byte[] item = table.key(ONE);
    damage(localStore(item), ColumnFamily.ITEMS, item);
    assertEquals(3, check().differenceCount());
    assertDamaged(check().differences().get(0), item);
  }

  private static void damage(MemoryStore store, ColumnFamily family, byte[] key) {
    byte[] value = store.get(family, key);
    byte[] damaged = value == null ? new byte[1] : value.clone();
    damaged[damaged.length / 2] ^= 1;
    ScrubbedTable.plant(store, family, key, damaged);
  }

  private static void assertDamaged(Difference difference, byte[] key) {
    assertEquals(Bytes.wrap(key), assertInstanceOf(Difference.Damaged.class, difference).key());
  }

  @Test
  void findsWrongMarksOfExpiry() {
    byte[] key = table.key(ONE);
    PartitionPlacement placement = placement(ONE);
    ExpiringItem right = new ExpiringItem(4_000_001_000L, key);
    PlantedRecords.expiry(localStore(key), placement.partition(), right, false);
    assertEquals(
        Problem.MISSING, assertInstanceOf(Difference.ExpiryMark.class, only(check())).problem());

    table.place(IndexStatus.ACTIVE, TimeToLiveStatus.ENABLING);
    assertTrue(check().isClean(), "items are still being marked");
    table.place(IndexStatus.ACTIVE, TimeToLiveStatus.ENABLED);

    PlantedRecords.expiry(localStore(key), placement.partition(), right, true);
    ExpiringItem wrong = new ExpiringItem(4_000_001_001L, key);
    PlantedRecords.expiry(localStore(key), placement.partition(), wrong, true);
    Difference.ExpiryMark mark = assertInstanceOf(Difference.ExpiryMark.class, only(check()));
    assertEquals(Problem.SUPERFLUOUS, mark.problem());
    assertEquals(4_000_001_001L, mark.second());
  }

  @Test
  void findsWrongCounts() {
    PartitionPlacement placement = placement(ONE);
    MemoryStore store = localStore(table.key(ONE));
    PartitionCounters right = table.group(placement).counters(placement.partition());
    if (right == null) {
      throw new IllegalStateException("no counts");
    }
    LocalIndexCounters rows = right.localIndexes().getFirst();
    assertCount(
        store,
        placement,
        new PartitionCounters(
            right.itemCount() + 1, right.itemBytes(), right.lastSequence(), right.localIndexes()),
        "items");
    assertCount(
        store,
        placement,
        new PartitionCounters(
            right.itemCount(), right.itemBytes() - 1, right.lastSequence(), right.localIndexes()),
        "bytes of items");
    assertCount(
        store,
        placement,
        withRows(right, new LocalIndexCounters(1, rows.rowCount() - 1, rows.rowBytes())),
        "rows of byX");
    assertCount(
        store,
        placement,
        withRows(right, new LocalIndexCounters(1, rows.rowCount(), rows.rowBytes() + 1)),
        "bytes of byX");
    PlantedRecords.counters(store, placement.partition(), right);

    PartitionPlacement ofIndex = table.indexPartitions().placement(globalKey(ONE));
    PartitionCounters index = table.group(ofIndex).counters(ofIndex.partition());
    if (index == null) {
      throw new IllegalStateException("no counts");
    }
    assertCount(
        globalStore(globalKey(ONE)),
        ofIndex,
        new PartitionCounters(index.itemCount() + 1, index.itemBytes(), index.lastSequence()),
        "rows of byY");
  }

  private static PartitionCounters withRows(PartitionCounters right, LocalIndexCounters rows) {
    return new PartitionCounters(
        right.itemCount(), right.itemBytes(), right.lastSequence(), List.of(rows));
  }

  private void assertCount(
      MemoryStore store, PartitionPlacement placement, PartitionCounters planted, String name) {
    PlantedRecords.counters(store, placement.partition(), planted);
    Difference.Count count = assertInstanceOf(Difference.Count.class, only(check()));
    assertEquals(name, count.name());
    assertEquals("partition " + placement.partition().value(), count.where());
    assertEquals(1, Math.abs(count.stored() - count.counted()));
  }

  @Test
  void findsWrongSizesOfItemCollections() {
    byte[] prefix = ItemKeyFormat.collectionPrefix(table.key(ONE));
    PlantedRecords.collectionBytes(localStore(prefix), prefix, 1);
    Difference.Count count = assertInstanceOf(Difference.Count.class, only(check()));
    assertEquals("bytes of an item collection", count.name());
    assertEquals(1, count.stored());
    assertTrue(count.counted() > 1_000, count.toString());
    PlantedRecords.collectionBytes(localStore(prefix), prefix, count.counted());

    byte[] nobody =
        ItemKeyFormat.collectionPrefix(table.key(ScrubbedTable.item("nobody", 1, 1, "y", "v")));
    PlantedRecords.collectionBytes(localStore(nobody), nobody, 7);
    Difference.Count left = assertInstanceOf(Difference.Count.class, only(check()));
    assertEquals(7, left.stored());
    assertEquals(0, left.counted());
  }

  @Test
  void memoryIsBoundedHoweverMuchIsWrong() {
    table
        .keys(
            ColumnFamily.ITEMS,
            ItemKeyFormat.hashBoundary(ScrubbedTable.INDEX, 0),
            ItemKeyFormat.tableEnd(ScrubbedTable.INDEX))
        .forEach((key, store) -> ScrubbedTable.plant(store, ColumnFamily.ITEMS, key.array(), null));
    ScrubReport report = check("byY");
    assertEquals(report.indexes().getFirst().rowsExpected(), report.indexes().getFirst().missing());
    assertEquals(IndexScrubber.LISTED_MAX, report.differences().size());
    assertTrue(report.differenceCount() > IndexScrubber.LISTED_MAX);
  }

  @Test
  void writesDuringACheckAreNoDifferences() {
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      table.delay(seed % 2 == 0 ? 0 : 20);
      List<ScrubReport> reports = start(null);
      while (reports.isEmpty()) {
        change(random);
        if (!table.scheduler.runOne()) {
          table.scheduler.run(random.nextInt(60));
        }
      }
      assertTrue(reports.getFirst().isClean(), "seed " + seed + ": " + reports);
      table.delay(0);
      table.scheduler.run(1_000);
    }
  }

  private void change(Random random) {
    for (int i = random.nextInt(12); i > 0; i--) {
      String p = "p" + random.nextInt(9);
      int s = random.nextInt(200);
      if (random.nextInt(3) == 0) {
        table.delete(ScrubbedTable.item(p, s, 1, "y", ""));
      } else {
        Integer x = random.nextInt(4) == 0 ? null : random.nextInt(20);
        String y = random.nextInt(4) == 0 ? null : "y" + random.nextInt(30);
        table.put(ScrubbedTable.item(p, s, x, y, "w" + random.nextInt(9)));
      }
    }
  }

  @Test
  void findsWhatIsWrongAmongWrites() {
    byte[] missing = globalKey(ONE);
    ScrubbedTable.plant(globalStore(missing), ColumnFamily.ITEMS, missing, null);
    byte[] superfluous = globalKey(ScrubbedTable.item("p1", 2_000, 7, "y3", "v"));
    ScrubbedTable.plant(
        globalStore(superfluous),
        ColumnFamily.ITEMS,
        superfluous,
        sealed(superfluous, globalRow(ScrubbedTable.item("p1", 2_000, 7, "y3", "v"))));
    Random random = new Random(5);
    List<ScrubReport> reports = start("byY");
    while (reports.isEmpty()) {
      change(random);
      if (!table.scheduler.runOne()) {
        table.scheduler.run(random.nextInt(60));
      }
    }
    IndexResult index = reports.getFirst().indexes().getFirst();
    assertEquals(1, index.missing(), reports.toString());
    assertEquals(1, index.superfluous(), reports.toString());
    assertEquals(0, index.different(), reports.toString());
  }

  @Test
  void whatIsHeldBackIsLeftUnsettled() {
    table.hold();
    table.put(ScrubbedTable.item("p1", 3_000, 1, "y1", "v"));
    table.put(with(ONE, "v", new AttributeValue.StringValue("other")));
    table.delete(ScrubbedTable.item("p2", 1, 1, "y", ""));
    ScrubReport report = check();
    assertEquals(0, report.differenceCount(), report.toString());
    assertTrue(report.unsettled() >= 2, report.toString());
    assertFalse(report.isClean());
    table.delay(0);
    table.scheduler.run(1_000);
    assertTrue(check().isClean());
  }

  @Test
  void waitsForTheIndexToCatchUp() {
    table.hold();
    table.put(ScrubbedTable.item("p1", 3_000, 1, "y1", "v"));
    List<ScrubReport> reports = start(null);
    table.scheduler.run(5_000);
    assertTrue(reports.isEmpty());
    table.delay(0);
    table.scheduler.run(1_000);
    assertTrue(reports.getFirst().isClean(), reports.toString());
  }

  @Test
  void indexesThatAreBeingFilledAreNotChecked() {
    table.place(IndexStatus.CREATING, TimeToLiveStatus.ENABLED);
    byte[] global = globalKey(ONE);
    ScrubbedTable.plant(globalStore(global), ColumnFamily.ITEMS, global, null);
    ScrubReport report = check();
    assertTrue(report.isClean(), report.toString());
    assertEquals("the index is CREATING", report.indexes().get(1).skipped());
  }

  @Test
  void aTableThatGoesIsNoDifference() {
    table.hold();
    table.put(ScrubbedTable.item("p1", 3_000, 1, "y1", "v"));
    List<ScrubReport> reports = start(null);
    table.scheduler.run(1_000);
    PlacedTables.forget(ScrubbedTable.NAME, table.catalog);
    table.scheduler.run(60_000);
    assertEquals("the table was deleted during the check", reports.getFirst().failure());
    assertEquals(0, reports.getFirst().differenceCount());
  }

  @Test
  void oneCheckRunsAtATimeAndAClosedScrubberRunsNone() {
    List<ScrubReport> reports = start(null);
    assertFalse(table.scrubber.start(List.of(table.table()), null, reports::addAll));
    table.scheduler.runOne();
    table.scrubber.close();
    assertEquals("the server stops", reports.getFirst().failure());
    table.scheduler.run(1_000);
    assertEquals(1, reports.size());
    assertFalse(table.scrubber.start(List.of(table.table()), null, reports::addAll));
  }
}
