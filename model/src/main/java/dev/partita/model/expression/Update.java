package dev.partita.model.expression;

import dev.partita.model.Item;
import dev.partita.model.KeySchema;
import org.jspecify.annotations.Nullable;

/** A bound UpdateExpression or AttributeUpdates. Immutable. */
@SuppressWarnings("DoNotCallSuggester")
public final class Update {
  private Update() {}

  /** No change: an UpdateItem without an expression, which creates a missing item. */
  public static Update none() {
    throw new UnsupportedOperationException();
  }

  /**
   * Checks that no attribute of the key is touched.
   *
   * @throws ExpressionException with AWS's text if one is
   */
  public void checkKeys(KeySchema schema) {
    throw new UnsupportedOperationException();
  }

  /**
   * Whether applying it where there is no item makes one. If not (only REMOVE and DELETE), the
   * result of {@link #apply} on a missing item is not to be written.
   */
  public boolean createsItem() {
    throw new UnsupportedOperationException();
  }

  /**
   * The item after the update. All operands are evaluated against the old item.
   *
   * @param old null where there is no item
   * @param key the key attributes, which make the item if there is none
   * @throws ExpressionException with AWS's text if it cannot be applied to this item
   */
  public UpdateResult apply(@Nullable Item old, Item key) {
    throw new UnsupportedOperationException();
  }
}
