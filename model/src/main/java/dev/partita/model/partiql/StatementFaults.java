package dev.partita.model.partiql;

import dev.partita.model.expression.ExpressionException;

/** Faults of statements, in AWS's words where they are known. */
final class StatementFaults {
  private StatementFaults() {}

  /** A fault of the grammar. */
  static ExpressionException malformed(String detail) {
    return new ExpressionException("Statement wasn't well formed, can't be processed: " + detail);
  }

  /** A fault of the meaning that AWS reports with the place. */
  static ExpressionException at(String message, SqlToken token) {
    return new ExpressionException(message + " at " + token.position());
  }

  /** A table was given another name. */
  static ExpressionException aliasing() {
    return new ExpressionException("Aliasing is not supported");
  }
}
