package dev.partita.model.api;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PutItem. */
public record PutItemRequest(
    String tableName,
    Item item,
    @Nullable Map<String, ExpectedAttributeValue> expected,
    @Nullable ConditionalOperator conditionalOperator,
    @Nullable String conditionExpression,
    @Nullable Map<String, String> expressionAttributeNames,
    @Nullable Map<String, AttributeValue> expressionAttributeValues,
    @Nullable ReturnValue returnValues,
    @Nullable ReturnConsumedCapacity returnConsumedCapacity,
    @Nullable ReturnItemCollectionMetrics returnItemCollectionMetrics,
    @Nullable ReturnValuesOnConditionCheckFailure returnValuesOnConditionCheckFailure)
    implements ApiRequest {}
