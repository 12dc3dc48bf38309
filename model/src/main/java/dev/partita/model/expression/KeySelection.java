package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a Query reads.
 *
 * @param partitionKey a value for every partition key attribute, of its type and not empty
 * @param sortPrefix the values that the first sort key attributes must equal; empty unless the key
 *     has several
 * @param sortKey the condition on the sort key attribute behind {@code sortPrefix}; null for all
 */
public record KeySelection(
    List<AttributeValue> partitionKey,
    List<AttributeValue> sortPrefix,
    @Nullable SortKeyCondition sortKey) {}
