package dev.partita.model.expression;

import dev.partita.model.AttributeValue;

/** A condition on a sort key. Its values are of the key's type. */
public sealed interface SortKeyCondition {

  /** The one sort key. */
  record Equal(AttributeValue value) implements SortKeyCondition {}

  /** All below. */
  record Less(AttributeValue value) implements SortKeyCondition {}

  /** All below, and this one. */
  record LessOrEqual(AttributeValue value) implements SortKeyCondition {}

  /** All above. */
  record Greater(AttributeValue value) implements SortKeyCondition {}

  /** All above, and this one. */
  record GreaterOrEqual(AttributeValue value) implements SortKeyCondition {}

  /** All between, both included; {@code low} is not above {@code high}. */
  record Between(AttributeValue low, AttributeValue high) implements SortKeyCondition {}

  /** All strings or binaries that begin so. */
  record BeginsWith(AttributeValue prefix) implements SortKeyCondition {}
}
