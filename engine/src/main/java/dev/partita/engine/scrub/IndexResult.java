package dev.partita.engine.scrub;

/**
 * What a check found in one index.
 *
 * @param skipped why it was not checked; empty if it was
 * @param rows rows found in the index
 * @param rowsExpected rows that the items of the table have there; items that were written during
 *     the check may be missing from it
 */
public record IndexResult(
    String name,
    boolean global,
    String skipped,
    long rows,
    long rowsExpected,
    long missing,
    long superfluous,
    long different) {}
