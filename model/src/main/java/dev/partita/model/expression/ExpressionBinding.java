package dev.partita.model.expression;

/**
 * The placeholders of one request and which of them its expressions have used. One request, one
 * thread.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ExpressionBinding {
  ExpressionBinding() {}

  /** A ConditionExpression. */
  public Condition condition(String text) {
    throw new UnsupportedOperationException();
  }

  /** A FilterExpression. */
  public Condition filter(String text) {
    throw new UnsupportedOperationException();
  }

  /** A KeyConditionExpression. */
  public KeyCondition keyCondition(String text) {
    throw new UnsupportedOperationException();
  }

  /** A ProjectionExpression. */
  public Projection projection(String text) {
    throw new UnsupportedOperationException();
  }

  /** An UpdateExpression. */
  public Update update(String text) {
    throw new UnsupportedOperationException();
  }

  /**
   * Call once, after all expressions of the request.
   *
   * @throws ExpressionException if a name or value was given that no expression used
   */
  public void checkAllUsed() {}
}
