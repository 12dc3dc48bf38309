package dev.partita.model.expression;

/** The five parameters that hold an expression, and statements of PartiQL. */
enum ExpressionKind {
  CONDITION("ConditionExpression"),
  FILTER("FilterExpression"),
  KEY_CONDITION("KeyConditionExpression"),
  PROJECTION("ProjectionExpression"),
  UPDATE("UpdateExpression"),
  STATEMENT("");

  private final String parameter;

  ExpressionKind(String parameter) {
    this.parameter = parameter;
  }

  /** A fault of an expression of this kind, in AWS's words: those of a statement stand alone. */
  ExpressionException invalid(String reason) {
    return new ExpressionException(
        this == STATEMENT ? reason : "Invalid " + parameter + ": " + reason);
  }
}
