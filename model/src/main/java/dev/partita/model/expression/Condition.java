package dev.partita.model.expression;

import dev.partita.model.Item;
import dev.partita.model.KeySchema;
import java.util.Set;

/** A bound condition. Immutable. */
@SuppressWarnings("DoNotCallSuggester")
public sealed interface Condition {

  /** Whether {@code item} satisfies it; {@link Item#EMPTY} where there is no item. */
  boolean matches(Item item);

  /** Names of the top-level attributes that it mentions. */
  Set<String> topLevelAttributes();

  /**
   * Checks a Query's filter, which must not mention the key of the table or index.
   *
   * @throws ExpressionException with AWS's text if it does
   */
  void checkNoKeys(KeySchema key);

  @SuppressWarnings("DoNotCallSuggester")
  record Placeholder() implements Condition {
    @Override
    public boolean matches(Item item) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> topLevelAttributes() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void checkNoKeys(KeySchema key) {}
  }
}
