package dev.partita.cli;

/** Says when the process is to end. */
interface StopSignal {

  /** Calls the action once, when the process is to end. */
  void onStop(Runnable action);

  /**
   * SIGTERM and Ctrl-C. The process then ends with 0 and not, as the JVM would have it, with 143 or
   * 130: to be told to stop is no failure, and service managers count it as one otherwise.
   */
  StopSignal OF_PROCESS =
      action -> Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(action), "stop"));

  private static void stop(Runnable action) {
    int exitCode = 1;
    try {
      action.run();
      exitCode = 0;
    } catch (RuntimeException e) {
      System.err.println("partita: stopping failed: " + e);
    } finally {
      Runtime.getRuntime().halt(exitCode);
    }
  }
}
