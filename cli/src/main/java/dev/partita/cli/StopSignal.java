package dev.partita.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Says when the process is to end. */
interface StopSignal {

  /** Calls the action once, when the process is to end. */
  void onStop(Runnable action);

  /**
   * SIGTERM and Ctrl-C; a second one ends the process at once. Handled here and not by a shutdown
   * hook for two reasons: hooks of other parts would run at the same time as the node's close, and
   * the JVM would exit with 143 or 130, which service managers count as a failure. To be told to
   * stop is none: the exit code is 0.
   */
  StopSignal OF_PROCESS =
      action -> {
        AtomicBoolean stopping = new AtomicBoolean();
        SignalHandler handler =
            signal -> {
              if (stopping.getAndSet(true)) {
                Runtime.getRuntime().halt(128 + signal.getNumber());
              }
              stop(action);
            };
        handle("TERM", handler);
        handle("INT", handler);
      };

  private static void handle(String name, SignalHandler handler) {
    Signal.handle(new Signal(name), handler);
  }

  private static void stop(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      System.err.println("partita: stopping failed: " + e);
      Runtime.getRuntime().halt(1);
    }
  }
}
