package dev.partita.engine.operation;

import org.jspecify.annotations.Nullable;

/**
 * Makes requests fail that would not, so that tests of applications see what they do then. Asked
 * for every request: the methods must be quick.
 */
public interface RequestFaults {

  /** How a request fails before anything is done. */
  enum Fault {
    /** The table's throughput is exceeded. */
    THROTTLE,
    /** A transaction holds an item. */
    CONFLICT,
    /** An internal server error. */
    ERROR
  }

  /**
   * A fault that a request meets.
   *
   * @param tableName the table for which it was asked
   */
  record ForcedFault(Fault fault, String tableName) {}

  /** Whether no request fails. */
  boolean isQuiet();

  /** The fault that a request meets; null for none. Each is given out once. */
  @Nullable ForcedFault before(RequestTarget target);

  /** Whether a request that was carried out is answered as if it had failed. */
  boolean failsAfterwards(RequestTarget target);
}
