package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of the reads that a statement's WHERE clause comes to: a part of one item collection.
 *
 * @param sortKey conditions on the sort key that all must hold; empty for the whole collection
 * @param sortKeyInRest whether {@code rest} says something of the sort key
 * @param rest what else must hold, or null
 */
public record KeyBranch(
    AttributeValue partitionKey,
    List<SortKeyCondition> sortKey,
    boolean sortKeyInRest,
    @Nullable Condition rest) {

  /**
   * Checks its values.
   *
   * @throws ExpressionException with AWS's text if one is not of the type of the key, or empty
   */
  public void check(KeySchema schema) {
    check(schema.partitionKey(), partitionKey);
    for (SortKeyCondition condition : sortKey) {
      KeyAttribute attribute = Objects.requireNonNull(schema.sortKey());
      switch (condition) {
        case SortKeyCondition.Equal(AttributeValue value) -> check(attribute, value);
        case SortKeyCondition.Less(AttributeValue value) -> check(attribute, value);
        case SortKeyCondition.LessOrEqual(AttributeValue value) -> check(attribute, value);
        case SortKeyCondition.Greater(AttributeValue value) -> check(attribute, value);
        case SortKeyCondition.GreaterOrEqual(AttributeValue value) -> check(attribute, value);
        case SortKeyCondition.BeginsWith(AttributeValue prefix) -> check(attribute, prefix);
        case SortKeyCondition.Between(AttributeValue low, AttributeValue high) -> {
          check(attribute, low);
          check(attribute, high);
        }
      }
    }
  }

  private static void check(KeyAttribute attribute, AttributeValue value) {
    if (value.type() != attribute.type()) {
      throw new ExpressionException(
          "Key attribute's data type should match its data type in table's schema: Key "
              + attribute.name());
    }
    KeyCondition.checkNotEmpty(attribute, value);
  }
}
