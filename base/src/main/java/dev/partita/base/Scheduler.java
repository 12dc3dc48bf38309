package dev.partita.base;

/**
 * Runs the steps of coordination: side flows, transactions, recovery. A step must not wait for
 * another step. In production threads run them; a simulation runs them one at a time in an order
 * that its seed decides.
 */
public interface Scheduler {

  /** Runs {@code step} soon, never on the calling thread before this returns. */
  void execute(Runnable step);

  /** Runs {@code step} once, {@code delayMillis} from now or a little later. */
  void schedule(Runnable step, long delayMillis);
}
