package dev.partita.engine.simulation;

/** Something that must not happen did. */
final class SimulationFailure extends AssertionError {
  private static final long serialVersionUID = 1;

  SimulationFailure(String message) {
    super(message);
  }

  SimulationFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
