package dev.partita.testing.reference;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param errorType the error's short name, or empty
 * @param message the error's text; empty if there is none or, from the model, if AWS's text is not
 *     known for certain
 * @param body the answer's members; of an error only those beside type and message
 */
public record Reply(int status, String errorType, String message, Json.ObjectOf body) {

  static Reply success(Json.ObjectOf body) {
    return new Reply(200, "", "", body);
  }

  /** Whether the operation was done. */
  public boolean succeeded() {
    return errorType.isEmpty();
  }
}
