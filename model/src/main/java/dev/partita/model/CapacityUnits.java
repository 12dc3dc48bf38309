package dev.partita.model;

/**
 * Capacity units of reads and writes. A request that touches no bytes still costs the least unit.
 *
 * <p>Source: AWS, "DynamoDB read and write operations", "Capacity unit consumption".
 */
public final class CapacityUnits {
  /** Bytes of one read unit. */
  public static final int READ_UNIT_BYTES = 4096;

  /** Bytes of one write unit. */
  public static final int WRITE_UNIT_BYTES = 1024;

  private CapacityUnits() {}

  /**
   * Units of reading {@code bytes}, which a Query or Scan sums over its items: half if eventual.
   */
  public static double read(long bytes, boolean consistent) {
    double units = units(bytes, READ_UNIT_BYTES);
    return consistent ? units : units / 2;
  }

  /** Units of reading an item of {@code bytes} in a transaction: double. */
  public static double readTransactional(long bytes) {
    return 2.0 * units(bytes, READ_UNIT_BYTES);
  }

  /** Units of writing an item; {@code bytes} is the larger of the old and the new size. */
  public static double write(long bytes) {
    return units(bytes, WRITE_UNIT_BYTES);
  }

  /** Units of writing an item in a transaction: double. */
  public static double writeTransactional(long bytes) {
    return 2.0 * units(bytes, WRITE_UNIT_BYTES);
  }

  private static long units(long bytes, int unit) {
    return Math.max(1, Math.ceilDiv(bytes, unit));
  }
}
