package dev.partita.model.api;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** UpdateItem. */
public record UpdateItemRequest(
    String tableName,
    Item key,
    @Nullable Map<String, AttributeValueUpdate> attributeUpdates,
    @Nullable String updateExpression,
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
