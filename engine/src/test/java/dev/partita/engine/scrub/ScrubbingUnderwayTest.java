package dev.partita.engine.scrub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.engine.metadata.PlacedTables;
import dev.partita.model.AttributeValue;
import dev.partita.model.api.IndexStatus;
import dev.partita.model.api.TimeToLiveStatus;
import dev.partita.storage.ColumnFamily;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Checks while writes go on, indexes lag and tables go. */
class ScrubbingUnderwayTest extends ScrubberFixture {
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
