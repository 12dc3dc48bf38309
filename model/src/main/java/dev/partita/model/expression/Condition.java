package dev.partita.model.expression;

import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import java.util.LinkedHashSet;
import java.util.Set;

/** A bound condition: of an expression, or of its legacy form. Immutable. */
public sealed interface Condition
    permits Conditions.AllOf,
        Conditions.AnyOf,
        Conditions.Not,
        Conditions.Compare,
        Conditions.Between,
        Conditions.In,
        Conditions.Exists,
        Conditions.HasType,
        Conditions.BeginsWith,
        Conditions.Contains,
        Conditions.LegacyFilter {

  /** Whether {@code item} satisfies it; {@link Item#EMPTY} where there is no item. */
  boolean matches(Item item);

  /** Names of the top-level attributes that it mentions. */
  default Set<String> topLevelAttributes() {
    Set<String> names = new LinkedHashSet<>();
    Conditions.collect(this, names);
    return names;
  }

  /**
   * Checks a Query's filter, which must not mention the key of the table or index.
   *
   * @throws ExpressionException with AWS's text if it does
   */
  default void checkNoKeys(KeySchema key) {
    String parameter =
        this instanceof Conditions.LegacyFilter ? "QueryFilter" : "Filter Expression";
    Set<String> names = topLevelAttributes();
    for (KeyAttribute attribute : key.attributes()) {
      if (names.contains(attribute.name())) {
        throw new ExpressionException(
            parameter
                + " can only contain non-primary key attributes: Primary key attribute: "
                + attribute.name());
      }
    }
  }
}
