package dev.partita.engine.transaction;

/**
 * Lets tests see what otherwise passes too quickly: transactions that stand still while they hold
 * their items, and conflicts. The methods are called often and must be quick.
 */
public interface TransactionFaults {
  /** Nothing is disturbed. */
  TransactionFaults NONE = new TransactionFaults() {};

  /**
   * Whether coordinators are to be stopped by {@link #hold}; then also a transaction of one group
   * goes through both phases.
   */
  default boolean holdsCoordinators() {
    return false;
  }

  /**
   * Is given what decides a transaction whose items are all locked; runs it now or later, on any
   * thread. Called only if {@link #holdsCoordinators} was true when the transaction began.
   */
  default void hold(Runnable decide) {
    decide.run();
  }

  /** Whether items of a table are to be taken for locked. */
  default boolean forcesConflicts(String tableName) {
    return false;
  }
}
