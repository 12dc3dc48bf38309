package dev.partita.testing.reference;

/** The operation is answered with an error. Thrown inside the model before it changes anything. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String type;
  private final String text;
  private final transient Json.ObjectOf body;

  RefusedException(String type, String text, Json.ObjectOf body) {
    super(type + ": " + text);
    this.type = type;
    this.text = text;
    this.body = body;
  }

  /** A ValidationException with a text that AWS is known to use. */
  static RefusedException validation(String text) {
    return new RefusedException("ValidationException", text, Json.object());
  }

  /** A ValidationException whose exact text is not known. */
  static RefusedException validation() {
    return validation("");
  }

  /** The error's text; empty if it is not known. */
  String text() {
    return text;
  }

  Reply reply() {
    return new Reply(400, type, text, body);
  }
}
