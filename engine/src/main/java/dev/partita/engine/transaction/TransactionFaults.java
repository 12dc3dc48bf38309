package dev.partita.engine.transaction;

/**
 * Lets tests see what otherwise passes too quickly: transactions that stand still while they hold
 * their items. The methods are called often and must be quick.
 */
public interface TransactionFaults {
  /** Nothing is disturbed. */
  TransactionFaults NONE = new TransactionFaults() {};

  /**
   * Whether the coordinator of a transaction that begins is to be stopped by {@link #hold}; then it
   * goes through both phases, also if all its items are in one group.
   */
  default boolean holds(Transaction transaction) {
    return false;
  }

  /**
   * Is given what decides a transaction whose items are all locked; runs it now or later, on any
   * thread. Called only if {@link #holds} was true when the transaction began.
   */
  default void hold(Transaction transaction, Runnable decide) {
    decide.run();
  }
}
