package dev.partita.model.api;

/**
 * Leaves the checking of a request with an {@link ApiError}; cheap, for it carries no stack trace.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ApiError error;

  public ApiException(ApiError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  /** A ValidationException. */
  public static ApiException validation(String message) {
    return new ApiException(ApiError.validation(message));
  }

  /** What to tell the client. */
  public ApiError error() {
    return error;
  }
}
