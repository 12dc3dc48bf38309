package dev.partita.engine.router;

/** Where reads that may touch the disk run. Bounded: what does not fit is turned away. */
@FunctionalInterface
public interface ReadPool {

  /** Runs {@code read} soon; false if there is no room. */
  boolean tryExecute(Runnable read);
}
