package dev.partita.replication;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens after an error that leaves the state of the disk unknown, such as a failed fsync:
 * retrying it could acknowledge a write that is not on disk.
 */
@FunctionalInterface
public interface FatalErrorHandler {
  /** Exit status of a node that halted because its disk failed. */
  int EXIT_STATUS = 70;

  /** Called once; in production it does not return. */
  void fatal(String message, Throwable cause);

  /** Logs one line and halts the process with {@link #EXIT_STATUS}, running no shutdown hooks. */
  static FatalErrorHandler halting() {
    Logger logger = LoggerFactory.getLogger(FatalErrorHandler.class);
    return (message, cause) -> {
      logger.error("halting: {}: {}", message, cause.toString());
      Runtime.getRuntime().halt(EXIT_STATUS);
    };
  }
}
