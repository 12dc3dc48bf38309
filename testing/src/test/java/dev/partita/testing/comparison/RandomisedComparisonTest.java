package dev.partita.testing.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.reference.Mutation;
import dev.partita.testing.reference.ReferenceModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The comparison must agree with the true model and find every mistake of the mistaken ones. */
class RandomisedComparisonTest {

  /** As many operations as a build compares against a server. */
  private static final int OPERATIONS = 4_000;

  private static ComparisonResult compare(Mutation mutation, long seed, int operations) {
    ReferenceModel server = new ReferenceModel(mutation);
    return new RandomisedComparison(op -> server.execute(op.operation()), "test", 40)
        .run(seed, operations);
  }

  @Test
  void agreesWithItself() {
    for (long seed = 1; seed <= 3; seed++) {
      ComparisonResult result = compare(Mutation.NONE, seed, OPERATIONS);
      assertTrue(result.disagreement().isEmpty(), result::report);
      assertEquals(OPERATIONS, result.operations());
      if (seed == 1) {
        System.out.println(result.undecided() + " " + result.outcomes());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void findsEveryMistake(Mutation mutation) {
    long t=System.nanoTime();
    ComparisonResult result = compare(mutation, 1, OPERATIONS);
    System.out.println(mutation + " " + result.operations() + " " + result.disagreement().map(d -> d.before().size()).orElse(-1) + " "+(System.nanoTime()-t)/1000000 + " " + result.disagreement().map(Disagreement::explanation));
    assertTrue(result.disagreement().isPresent(), mutation + " was not found, seed 1");
  }
}
