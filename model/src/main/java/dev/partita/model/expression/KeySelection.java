package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import org.jspecify.annotations.Nullable;

/**
 * What a Query reads.
 *
 * @param partitionKey the one partition key value, of the key's type and not empty
 * @param sortKey null for the whole item collection
 */
public record KeySelection(AttributeValue partitionKey, @Nullable SortKeyCondition sortKey) {}
