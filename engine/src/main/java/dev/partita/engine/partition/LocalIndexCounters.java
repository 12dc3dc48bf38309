package dev.partita.engine.partition;

/**
 * Exact counts of the rows that one local index has in a partition.
 *
 * @param number the number of the index
 * @param rowBytes sizes by AWS's rules
 */
public record LocalIndexCounters(int number, long rowCount, long rowBytes) {

  /** The sum with the counts of the same index in another partition. */
  public LocalIndexCounters plus(LocalIndexCounters other) {
    return new LocalIndexCounters(number, rowCount + other.rowCount, rowBytes + other.rowBytes);
  }
}
