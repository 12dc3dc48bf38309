package dev.partita.model.expression;

import dev.partita.model.api.ConditionalOperator;
import dev.partita.model.api.ExpectedAttributeValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conditions in the form of before expressions. All throw {@link ExpressionException}. */
@SuppressWarnings("DoNotCallSuggester")
public final class LegacyConditions {
  private LegacyConditions() {}

  /** Expected of PutItem, UpdateItem and DeleteItem. */
  public static Condition expected(
      Map<String, ExpectedAttributeValue> expected, @Nullable ConditionalOperator operator) {
    throw new UnsupportedOperationException();
  }

  /** QueryFilter or ScanFilter. */
  public static Condition filter(
      Map<String, dev.partita.model.api.Condition> filter, @Nullable ConditionalOperator operator) {
    throw new UnsupportedOperationException();
  }

  /** KeyConditions of Query. */
  public static KeyCondition keyConditions(
      Map<String, dev.partita.model.api.Condition> keyConditions) {
    throw new UnsupportedOperationException();
  }
}
