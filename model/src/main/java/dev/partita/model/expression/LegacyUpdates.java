package dev.partita.model.expression;

import dev.partita.model.api.AttributeValueUpdate;
import java.util.Map;

/** Updates in the form of before expressions. */
@SuppressWarnings("DoNotCallSuggester")
public final class LegacyUpdates {
  private LegacyUpdates() {}

  /**
   * AttributeUpdates of UpdateItem.
   *
   * @throws ExpressionException with AWS's text if an action does not fit its value
   */
  public static Update of(Map<String, AttributeValueUpdate> updates) {
    throw new UnsupportedOperationException();
  }
}
