package dev.partita.engine.control;

import dev.partita.base.Clock;
import dev.partita.base.Scheduler;

/** What is set of all test controls of a node. Thread-safe. */
public final class TestControls implements AutoCloseable {
  private final IndexDelays indexDelays = new IndexDelays();
  private final PastStates pastStates;
  private final RequestFailures requestFailures = new RequestFailures();
  private final HeldTransactions heldTransactions = new HeldTransactions();

  /** Controls of which none is set. */
  public TestControls(Clock clock, Scheduler scheduler) {
    this.pastStates = new PastStates(clock, scheduler);
  }

  /** How far global indexes lag. */
  public IndexDelays indexDelays() {
    return indexDelays;
  }

  /** How stale eventually consistent reads are. */
  public PastStates pastStates() {
    return pastStates;
  }

  /** Which requests fail. */
  public RequestFailures requestFailures() {
    return requestFailures;
  }

  /** Which transactions stand still. */
  public HeldTransactions heldTransactions() {
    return heldTransactions;
  }

  /** Takes back everything; what was held goes on. */
  public void reset() {
    indexDelays.reset();
    pastStates.off();
    requestFailures.reset();
    heldTransactions.releaseAll();
  }

  /** As {@link #reset}: nothing waits for a server that stops, and no snapshot is held. */
  @Override
  public void close() {
    reset();
  }
}
