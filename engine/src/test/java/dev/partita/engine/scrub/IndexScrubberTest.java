package dev.partita.engine.scrub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.engine.metadata.PartitionPlacement;
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
import dev.partita.storage.format.ItemKeyFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the scrubber finds. */
class IndexScrubberTest extends ScrubberFixture {
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
}
