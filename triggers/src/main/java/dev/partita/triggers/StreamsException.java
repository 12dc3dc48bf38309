package dev.partita.triggers;

import java.io.IOException;

/** The endpoint has answered a request with an error. */
final class StreamsException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;

  /** What the consumer does about an error. */
  enum Reaction {
    /** The same request, later. */
    RETRY,
    /** A new iterator for the same position. */
    NEW_ITERATOR,
    /** The position is older than all that is left: go to the oldest record. */
    TRIMMED,
    /** What the request names is not there. */
    NOT_FOUND,
    /** Nothing helps. */
    GIVE_UP
  }

  StreamsException(int status, String type, String message) {
    super(type + (message.isEmpty() ? "" : ": " + message));
    this.status = status;
    this.type = type;
  }

  Reaction reaction() {
    return switch (type) {
      case "ExpiredIteratorException" -> Reaction.NEW_ITERATOR;
      case "TrimmedDataAccessException" -> Reaction.TRIMMED;
      case "ResourceNotFoundException" -> Reaction.NOT_FOUND;
      case "LimitExceededException",
          "ProvisionedThroughputExceededException",
          "RequestLimitExceeded",
          "ThrottlingException",
          "Throttling" ->
          Reaction.RETRY;
      default -> status >= 500 || status == 429 ? Reaction.RETRY : Reaction.GIVE_UP;
    };
  }
}
