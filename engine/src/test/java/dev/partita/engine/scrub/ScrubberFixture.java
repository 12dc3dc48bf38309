package dev.partita.engine.scrub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Bytes;
import dev.partita.engine.index.IndexRows;
import dev.partita.engine.index.RowChange;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.partition.LocalIndexCounters;
import dev.partita.engine.partition.MemoryStore;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.partition.PlantedRecords;
import dev.partita.engine.scrub.Difference.Problem;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.format.Envelope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of the scrubber share. */
abstract class ScrubberFixture {
  static final int ITEMS = 700;
  static final Item ONE = ScrubbedTable.item("p1", 1_000, 5, "y1", "value");

  final ScrubbedTable table = new ScrubbedTable();

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

  ScrubReport check() {
    return check(null);
  }

  ScrubReport check(@Nullable String indexName) {
    List<ScrubReport> reports = start(indexName);
    table.scheduler.run(60_000);
    assertEquals(1, reports.size(), "the check ends");
    return reports.getFirst();
  }

  List<ScrubReport> start(@Nullable String indexName) {
    List<ScrubReport> reports = new ArrayList<>();
    assertTrue(table.scrubber.start(List.of(table.table()), indexName, reports::addAll));
    return reports;
  }

  Difference only(ScrubReport report) {
    assertEquals(1, report.differenceCount(), report.toString());
    assertFalse(report.isClean());
    return report.differences().getFirst();
  }

  void assertRow(Difference difference, String index, Problem problem, byte[] rowKey) {
    Difference.Row row = assertInstanceOf(Difference.Row.class, difference);
    assertEquals(index, row.indexName());
    assertEquals(problem, row.problem());
    assertEquals(Bytes.wrap(rowKey), row.rowKey());
  }

  byte[] localKey(Item item) {
    byte[] key = IndexRows.localKey(ScrubbedTable.BY_X, table.key(item), item);
    if (key == null) {
      throw new IllegalStateException("no row");
    }
    return key;
  }

  byte[] globalKey(Item item) {
    byte[] key = IndexRows.globalKey(ScrubbedTable.BY_Y, table.key(item), item);
    if (key == null) {
      throw new IllegalStateException("no row");
    }
    return key;
  }

  MemoryStore localStore(byte[] key) {
    return table.storeOf(table.table().partitionMap(), key);
  }

  MemoryStore globalStore(byte[] key) {
    return table.storeOf(table.indexPartitions(), key);
  }

  PartitionPlacement placement(Item item) {
    return table.table().partitionMap().placement(table.key(item));
  }

  static byte[] sealed(byte[] key, Item row) {
    return Envelope.seal(key, Envelope.Kind.ITEM, row.size(), 1, 1, row.encoded());
  }

  static Item with(Item item, String name, AttributeValue value) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>(item.attributes());
    attributes.put(name, value);
    return Item.of(attributes);
  }

  Item localRow(Item item) {
    return row(
        RowChange.local(
            ScrubbedTable.BY_X, table.table().keySchema(), table.key(item), null, item));
  }

  Item globalRow(Item item) {
    return row(
        RowChange.global(
            ScrubbedTable.BY_Y, table.table().keySchema(), table.key(item), null, item));
  }

  static Item row(RowChange change) {
    Item row = change.newRow();
    if (row == null) {
      throw new IllegalStateException("no row");
    }
    return row;
  }

  static AttributeValue value(Item item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new IllegalStateException(name);
    }
    return value;
  }

  /** Counts are wrong too when a row is missing or superfluous. */
  static Difference onlyRow(ScrubReport report) {
    List<Difference> rows =
        report.differences().stream().filter(found -> found instanceof Difference.Row).toList();
    assertEquals(1, rows.size(), report.toString());
    List<Difference> counts =
        report.differences().stream().filter(found -> found instanceof Difference.Count).toList();
    assertEquals(2, counts.size(), report.toString());
    assertEquals(3, report.differenceCount());
    return rows.getFirst();
  }

  static void damage(MemoryStore store, ColumnFamily family, byte[] key) {
    byte[] value = store.get(family, key);
    byte[] damaged = value == null ? new byte[1] : value.clone();
    damaged[damaged.length / 2] ^= 1;
    ScrubbedTable.plant(store, family, key, damaged);
  }

  static void assertDamaged(Difference difference, byte[] key) {
    assertEquals(Bytes.wrap(key), assertInstanceOf(Difference.Damaged.class, difference).key());
  }

  static PartitionCounters withRows(PartitionCounters right, LocalIndexCounters rows) {
    return new PartitionCounters(
        right.itemCount(), right.itemBytes(), right.lastSequence(), List.of(rows));
  }

  void assertCount(
      MemoryStore store, PartitionPlacement placement, PartitionCounters planted, String name) {
    PlantedRecords.counters(store, placement.partition(), planted);
    Difference.Count count = assertInstanceOf(Difference.Count.class, only(check()));
    assertEquals(name, count.name());
    assertEquals("partition " + placement.partition().value(), count.where());
    assertEquals(1, Math.abs(count.stored() - count.counted()));
  }

  void change(Random random) {
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
}
