package dev.partita.engine.simulation;

/** From one start of the node to its crash: steps of an ended life never run. */
final class Life {
  private boolean ended;

  void end() {
    ended = true;
  }

  boolean isOver() {
    return ended;
  }
}
