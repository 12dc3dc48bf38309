package dev.partita.model.expression;

/** The five parameters that hold an expression. */
enum ExpressionKind {
  CONDITION("ConditionExpression"),
  FILTER("FilterExpression"),
  KEY_CONDITION("KeyConditionExpression"),
  PROJECTION("ProjectionExpression"),
  UPDATE("UpdateExpression");

  private final String parameter;

  ExpressionKind(String parameter) {
    this.parameter = parameter;
  }

  /** A fault of an expression of this kind, in AWS's words. */
  ExpressionException invalid(String reason) {
    return new ExpressionException("Invalid " + parameter + ": " + reason);
  }
}
