package dev.partita.triggers;

/** Why a consumer cannot start or go on; the message is for the user, in one line. */
public final class TriggerException extends Exception {
  private static final long serialVersionUID = 1L;

  TriggerException(String message) {
    super(message);
  }

  TriggerException(String message, Throwable cause) {
    super(message, cause);
  }
}
