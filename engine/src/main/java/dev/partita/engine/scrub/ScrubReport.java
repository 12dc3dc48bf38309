package dev.partita.engine.scrub;

import java.util.List;

/**
 * What a check found in one table.
 *
 * @param failure why the check could not be finished; empty if it was
 * @param expiryMarks marks found
 * @param differenceCount all differences
 * @param differences the first of them
 * @param unsettled items whose changes were on their way to a global index for as long as was
 *     waited, so that nothing can be said of them
 */
public record ScrubReport(
    String tableName,
    String failure,
    long items,
    long itemBytes,
    long expiryMarks,
    List<IndexResult> indexes,
    long differenceCount,
    List<Difference> differences,
    long unsettled,
    long millis) {

  /** Whether everything was checked and nothing was wrong. */
  public boolean isClean() {
    return failure.isEmpty() && differenceCount == 0 && unsettled == 0;
  }
}
