package dev.partita.base;

/** Something that must always hold does not. Never caught to carry on with the same state. */
public final class InvariantBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvariantBrokenException(String message) {
    super(message);
  }

  public InvariantBrokenException(String message, Throwable cause) {
    super(message, cause);
  }
}
