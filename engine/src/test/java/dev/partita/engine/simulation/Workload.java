package dev.partita.engine.simulation;

/** What clients do to a table. */
interface Workload {

  /** A request for a client to send. */
  Exchange next(Dice dice);
}
