package dev.partita.testing.comparison;

/** The server did not answer as a server of this protocol does. */
public final class EndpointUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For implementations of {@link Endpoint}. */
  public EndpointUnavailableException(String message) {
    super(message);
  }

  EndpointUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
