package dev.partita.server.admin;

/** A request that cannot be served; the message is for whoever sent it. */
public final class AdminException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final int status;

  AdminException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** Something in the request is wrong. */
  static AdminException badRequest(String message) {
    return new AdminException(BAD_REQUEST, message);
  }

  /** What the request names is not there. */
  static AdminException notFound(String message) {
    return new AdminException(NOT_FOUND, message);
  }

  /** The HTTP status. */
  int status() {
    return status;
  }
}
