package dev.partita.model.expression;

import dev.partita.model.KeySchema;

/** A bound KeyConditionExpression or KeyConditions, not yet checked against a key. Immutable. */
@SuppressWarnings("DoNotCallSuggester")
public final class KeyCondition {
  KeyCondition() {}

  /**
   * What it selects by the key of a table or index.
   *
   * @throws ExpressionException with AWS's text if it does not fit the key
   */
  public KeySelection resolve(KeySchema schema) {
    throw new UnsupportedOperationException();
  }
}
