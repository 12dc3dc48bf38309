package dev.partita.replication;

/** Receives the outcome of one append. Runs exactly once; must not block. */
@FunctionalInterface
public interface AppendCallback {
  void appended(AppendOutcome outcome);
}
