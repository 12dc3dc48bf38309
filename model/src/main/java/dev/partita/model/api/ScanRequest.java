package dev.partita.model.api;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scan. */
public record ScanRequest(
    String tableName,
    @Nullable String indexName,
    @Nullable List<String> attributesToGet,
    @Nullable Integer limit,
    @Nullable Select select,
    @Nullable Map<String, Condition> scanFilter,
    @Nullable ConditionalOperator conditionalOperator,
    @Nullable Item exclusiveStartKey,
    @Nullable ReturnConsumedCapacity returnConsumedCapacity,
    @Nullable Integer totalSegments,
    @Nullable Integer segment,
    @Nullable String projectionExpression,
    @Nullable String filterExpression,
    @Nullable Map<String, String> expressionAttributeNames,
    @Nullable Map<String, AttributeValue> expressionAttributeValues,
    @Nullable Boolean consistentRead)
    implements ApiRequest {}
