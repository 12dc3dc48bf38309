package dev.partita.testing.comparison;

import java.util.Optional;
import java.util.SortedMap;

/**
 * What a run of {@link RandomisedComparison} found.
 *
 * @param seed of the run
 * @param operations how many were compared, the failed one included
 * @param undecided how many were left out because AWS's answer is not known
 * @param outcomes how often each operation ended how, by "Operation outcome"
 * @param disagreement the first one; a run ends with it
 */
public record ComparisonResult(
    long seed,
    int operations,
    int undecided,
    SortedMap<String, Integer> outcomes,
    Optional<Disagreement> disagreement) {

  /** A report for people. */
  public String report() {
    String numbers =
        "seed " + seed + ", operations compared " + operations + ", left out " + undecided;
    return disagreement
        .map(found -> numbers + ", DISAGREEMENT at the last one: " + found.describe())
        .orElse(numbers + ", no disagreement");
  }
}
