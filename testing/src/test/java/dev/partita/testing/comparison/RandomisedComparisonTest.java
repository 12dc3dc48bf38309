package dev.partita.testing.comparison;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.reference.Mutation;
import dev.partita.testing.reference.ReferenceModel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The comparison must agree with the true model and find every mistake of the mistaken ones. */
class RandomisedComparisonTest {

  /** As many operations as a build compares against a server. */
  private static final int OPERATIONS = 2_500;

  private static ComparisonResult compare(Mutation mutation, long seed, int operations) {
    ReferenceModel server = new ReferenceModel(mutation);
    return new RandomisedComparison(op -> server.execute(op.operation()), "test", 60, Duration.ZERO)
        .run(seed, operations);
  }

  @Test
  void agreesWithItself() {
    for (long seed = 1; seed <= 2; seed++) {
      ComparisonResult result = compare(Mutation.NONE, seed, OPERATIONS);
      assertTrue(result.disagreement().isEmpty(), result::report);
      assertTrue(result.operations() > OPERATIONS, result::report);
      assertTrue(result.undecided() < OPERATIONS / 20, result::report);
    }
  }

  @Test
  void everyOperationBothSucceedsAndFails() {
    ComparisonResult result = compare(Mutation.NONE, 5, OPERATIONS);
    for (String operation :
        List.of("PutItem", "UpdateItem", "DeleteItem", "GetItem", "Query", "Scan")) {
      assertTrue(result.outcomes().getOrDefault(operation + " success", 0) > 50, operation);
      assertTrue(result.outcomes().containsKey(operation + " ValidationException"), operation);
    }
    for (String operation : List.of("BatchGetItem", "BatchWriteItem")) {
      assertTrue(result.outcomes().getOrDefault(operation + " success", 0) > 50, operation);
    }
    for (String operation : List.of("PutItem", "UpdateItem", "DeleteItem")) {
      String failed = operation + " ConditionalCheckFailedException";
      assertTrue(result.outcomes().getOrDefault(failed, 0) > 10, operation);
    }
    assertTrue(result.outcomes().getOrDefault("TransactWriteItems success", 0) > 50);
    assertTrue(result.outcomes().getOrDefault("TransactGetItems success", 0) > 30);
    for (String failed :
        List.of(
            "TransactWriteItems TransactionCanceledException",
            "TransactWriteItems ValidationException",
            "TransactWriteItems IdempotentParameterMismatchException",
            "TransactGetItems TransactionCanceledException")) {
      assertTrue(result.outcomes().containsKey(failed), failed);
    }
    assertTrue(result.outcomes().getOrDefault("ReadStream success", 0) > 4);
    // Most requests must get past validation, or little is tested.
    int success =
        result.outcomes().entrySet().stream()
            .filter(outcome -> outcome.getKey().endsWith("success"))
            .mapToInt(outcome -> outcome.getValue())
            .sum();
    assertTrue(success > OPERATIONS * 6 / 10, result::report);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void findsEveryMistake(Mutation mutation) {
    ComparisonResult result = compare(mutation, 1, OPERATIONS);
    assertTrue(result.disagreement().isPresent(), mutation + " was not found, seed 1");
    assertTrue(result.disagreement().get().before().size() <= 20, result::report);
  }

  @Test
  void aReportHoldsWhatIsNeededToRepeatIt() {
    ComparisonResult result = compare(Mutation.REMOVE_CREATES_ITEM, 1, OPERATIONS);
    String report = result.report();
    assertTrue(report.contains("seed 1"), report);
    assertTrue(report.contains("UpdateItem {"), report);
    assertTrue(report.contains("expected: 200"), report);
    assertTrue(report.contains("actual:   200"), report);
  }
}
