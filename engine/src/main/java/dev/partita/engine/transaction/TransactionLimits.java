package dev.partita.engine.transaction;

/**
 * Bounds of the transactions over several groups on a node.
 *
 * @param countMax how many may be under way
 * @param bytesMax the memory that their actions may hold together
 */
public record TransactionLimits(int countMax, long bytesMax) {
  /** What a node uses. */
  public static final TransactionLimits DEFAULT = new TransactionLimits(10_000, 128L << 20);
}
