package dev.partita.model.api;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Query. */
public record QueryRequest(
    String tableName,
    @Nullable String indexName,
    @Nullable Select select,
    @Nullable List<String> attributesToGet,
    @Nullable Integer limit,
    @Nullable Boolean consistentRead,
    @Nullable Map<String, Condition> keyConditions,
    @Nullable Map<String, Condition> queryFilter,
    @Nullable ConditionalOperator conditionalOperator,
    @Nullable Boolean scanIndexForward,
    @Nullable Item exclusiveStartKey,
    @Nullable ReturnConsumedCapacity returnConsumedCapacity,
    @Nullable String projectionExpression,
    @Nullable String filterExpression,
    @Nullable String keyConditionExpression,
    @Nullable Map<String, String> expressionAttributeNames,
    @Nullable Map<String, AttributeValue> expressionAttributeValues)
    implements ApiRequest {}
