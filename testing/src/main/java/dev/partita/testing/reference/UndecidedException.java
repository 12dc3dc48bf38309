package dev.partita.testing.reference;

/** The model does not know for certain how AWS answers this operation. Nothing was changed. */
public final class UndecidedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UndecidedException(String question) {
    super(question);
  }
}
