package dev.partita.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs seeds. {@code -Dpartita.seeds=N} runs N of them, {@code -Dpartita.seed=N} begins with that
 * one.
 */
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("partita.seeds", 40);
  private static final long FIRST_SEED = Long.getLong("partita.seed", 1);

  @Test
  void everySeedKeepsItsPromises() {
    List<Simulation.Report> reports = new ArrayList<>();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Simulation.Report report = Simulation.run(seed, new Parts());
      reports.add(report);
      System.out.println(report);
    }
  }

  @Test
  void aSeedRepeatsExactly() {
    for (long seed = 101; seed < 104; seed++) {
      Simulation.Report first = Simulation.run(seed, new Parts());
      assertEquals(first.toString(), Simulation.run(seed, new Parts()).toString());
      assertNotEquals(first.traceDigest(), Simulation.run(seed + 10, new Parts()).traceDigest());
    }
    assertTrue(SEEDS > 0);
  }
}
