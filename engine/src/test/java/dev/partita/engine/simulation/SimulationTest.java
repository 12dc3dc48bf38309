package dev.partita.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/**
 * Runs seeds. {@code -Dpartita.seeds=N} runs N of them, {@code -Dpartita.seed=N} begins with that
 * one.
 */
class SimulationTest {
  private static final int SEEDS_DEFAULT = 40;
  private static final int SEEDS = Integer.getInteger("partita.seeds", SEEDS_DEFAULT);
  private static final long FIRST_SEED = Long.getLong("partita.seed", 1);

  @Test
  void everySeedKeepsItsPromises() {
    List<Simulation.Report> reports = new ArrayList<>();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      reports.add(Simulation.run(seed, new Parts()));
    }
    if (SEEDS >= SEEDS_DEFAULT) {
      checkFaults(reports);
      checkLoad(reports);
      checkGroups(reports.stream().filter(report -> report.profile().groups() == 4).toList());
    }
  }

  /** All that is to go wrong did. */
  private static void checkFaults(List<Simulation.Report> reports) {
    FaultCounts counts = new FaultCounts();
    reports.forEach(report -> counts.add(report.counts()));
    int seeds = reports.size();
    assertTrue(counts.crashes >= seeds, counts.toString());
    assertTrue(counts.unknown >= seeds / 2, counts.toString());
    assertTrue(counts.duplicated >= 5 * seeds, counts.toString());
    assertTrue(counts.refused >= seeds / 2, counts.toString());
    assertTrue(counts.leadersLost >= seeds / 5, counts.toString());
  }

  /** Clients did what they were to do. */
  private static void checkLoad(List<Simulation.Report> reports) {
    int seeds = reports.size();
    assertTrue(sum(reports, report -> report.found().registerOperations()) >= 50 * seeds);
    assertTrue(sum(reports, report -> report.found().listTransactions()) >= 50 * seeds);
    assertTrue(sum(reports, report -> report.found().bankReads()) >= 5 * seeds);
    assertTrue(sum(reports, report -> report.found().streamRecords()) >= 100 * seeds);
    assertTrue(sum(reports, report -> report.found().tokenReplays()) >= seeds);
    assertTrue(sum(reports, report -> report.found().expired()) >= seeds);
    assertTrue(sum(reports, report -> report.found().shards()) >= 20 * seeds, "shards roll");
    int givenUp = sum(reports, report -> report.found().linearizabilityGivenUp());
    assertTrue(givenUp <= seeds / 10, "searches for an order given up: " + givenUp);
  }

  /** Four groups share the items, and most transactions reach several. */
  private static void checkGroups(List<Simulation.Report> reports) {
    int all = sum(reports, report -> sum(report.itemsByGroup(), items -> items));
    for (int group = 0; group < 4; group++) {
      int place = group;
      int items = sum(reports, report -> report.itemsByGroup().get(place));
      assertTrue(
          100 * items >= 15 * all && 100 * items <= 35 * all,
          "group %d holds %d of %d items".formatted(group + 1, items, all));
    }
    int transactions = sum(reports, Simulation.Report::transactions);
    int overGroups = sum(reports, Simulation.Report::transactionsOverGroups);
    assertTrue(2 * overGroups >= transactions, overGroups + " of " + transactions);
  }

  private static <T> int sum(List<T> list, ToIntFunction<T> number) {
    return list.stream().mapToInt(number).sum();
  }

  @Test
  void aSeedRepeatsExactly() {
    for (long seed = 101; seed < 104; seed++) {
      Simulation.Report first = Simulation.run(seed, new Parts());
      Simulation.Report again = Simulation.run(seed, new Parts());
      assertEquals(first.traceDigest(), again.traceDigest());
      assertEquals(first.toString(), again.toString());
      assertNotEquals(first.traceDigest(), Simulation.run(seed + 10, new Parts()).traceDigest());
    }
  }
}
