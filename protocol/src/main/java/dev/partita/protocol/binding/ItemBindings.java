package dev.partita.protocol.binding;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.api.AttributeAction;
import dev.partita.model.api.AttributeValueUpdate;
import dev.partita.model.api.ComparisonOperator;
import dev.partita.model.api.ConditionalOperator;
import dev.partita.model.api.DeleteItemRequest;
import dev.partita.model.api.ExpectedAttributeValue;
import dev.partita.model.api.GetItemRequest;
import dev.partita.model.api.PutItemRequest;
import dev.partita.model.api.ReturnConsumedCapacity;
import dev.partita.model.api.ReturnItemCollectionMetrics;
import dev.partita.model.api.ReturnValue;
import dev.partita.model.api.ReturnValuesOnConditionCheckFailure;
import dev.partita.model.api.UpdateItemRequest;
import java.util.List;
import java.util.Map;

/** The operations on one item. */
final class ItemBindings {
  private ItemBindings() {}

  /** The members that PutItem, UpdateItem and DeleteItem share. */
  private static final class Write {
    private final Slot<Map<String, ExpectedAttributeValue>> expected;
    private final Slot<ConditionalOperator> conditionalOperator;
    private final Slot<String> conditionExpression;
    private final Slot<Map<String, String>> names;
    private final Slot<Map<String, AttributeValue>> values;
    private final Slot<ReturnValue> returnValues;
    private final Slot<ReturnConsumedCapacity> capacity;
    private final Slot<ReturnItemCollectionMetrics> metrics;
    private final Slot<ReturnValuesOnConditionCheckFailure> onFailure;

    Write(Slots slots) {
      expected = slots.map("Expected", ItemBindings::expected);
      conditionalOperator = slots.enumeration("ConditionalOperator", ConditionalOperator.values());
      conditionExpression = slots.string("ConditionExpression");
      names = slots.stringMap("ExpressionAttributeNames");
      values = slots.attributeValues("ExpressionAttributeValues");
      returnValues = slots.enumeration("ReturnValues", ReturnValue.values());
      capacity = slots.enumeration("ReturnConsumedCapacity", ReturnConsumedCapacity.values());
      metrics =
          slots.enumeration("ReturnItemCollectionMetrics", ReturnItemCollectionMetrics.values());
      onFailure =
          slots.enumeration(
              "ReturnValuesOnConditionCheckFailure", ReturnValuesOnConditionCheckFailure.values());
    }
  }

  static RequestBinding putItem(Slots slots) {
    Slot<String> tableName = slots.string("TableName");
    Slot<Item> item = slots.item("Item");
    Write write = new Write(slots);
    return (input, names) ->
        new PutItemRequest(
            names.resolve(tableName.require(input)),
            item.require(input),
            write.expected.get(input),
            write.conditionalOperator.get(input),
            write.conditionExpression.get(input),
            write.names.get(input),
            write.values.get(input),
            write.returnValues.get(input),
            write.capacity.get(input),
            write.metrics.get(input),
            write.onFailure.get(input));
  }

  static RequestBinding deleteItem(Slots slots) {
    Slot<String> tableName = slots.string("TableName");
    Slot<Item> key = slots.item("Key");
    Write write = new Write(slots);
    return (input, names) ->
        new DeleteItemRequest(
            names.resolve(tableName.require(input)),
            key.require(input),
            write.expected.get(input),
            write.conditionalOperator.get(input),
            write.conditionExpression.get(input),
            write.names.get(input),
            write.values.get(input),
            write.returnValues.get(input),
            write.capacity.get(input),
            write.metrics.get(input),
            write.onFailure.get(input));
  }

  static RequestBinding updateItem(Slots slots) {
    Slot<String> tableName = slots.string("TableName");
    Slot<Item> key = slots.item("Key");
    Slot<Map<String, AttributeValueUpdate>> updates =
        slots.map("AttributeUpdates", ItemBindings::update);
    Slot<String> updateExpression = slots.string("UpdateExpression");
    Write write = new Write(slots);
    return (input, names) ->
        new UpdateItemRequest(
            names.resolve(tableName.require(input)),
            key.require(input),
            updates.get(input),
            updateExpression.get(input),
            write.expected.get(input),
            write.conditionalOperator.get(input),
            write.conditionExpression.get(input),
            write.names.get(input),
            write.values.get(input),
            write.returnValues.get(input),
            write.capacity.get(input),
            write.metrics.get(input),
            write.onFailure.get(input));
  }

  static RequestBinding getItem(Slots slots) {
    Slot<String> tableName = slots.string("TableName");
    Slot<Item> key = slots.item("Key");
    Slot<List<String>> attributesToGet = slots.stringList("AttributesToGet");
    Slot<Boolean> consistentRead = slots.bool("ConsistentRead");
    Slot<ReturnConsumedCapacity> capacity =
        slots.enumeration("ReturnConsumedCapacity", ReturnConsumedCapacity.values());
    Slot<String> projection = slots.string("ProjectionExpression");
    Slot<Map<String, String>> attributeNames = slots.stringMap("ExpressionAttributeNames");
    return (input, names) ->
        new GetItemRequest(
            names.resolve(tableName.require(input)),
            key.require(input),
            attributesToGet.get(input),
            consistentRead.get(input),
            capacity.get(input),
            projection.get(input),
            attributeNames.get(input));
  }

  private static StructureBinding<ExpectedAttributeValue> expected(Slots slots) {
    Slot<AttributeValue> value = slots.attributeValue("Value");
    Slot<Boolean> exists = slots.bool("Exists");
    Slot<ComparisonOperator> operator =
        slots.enumeration("ComparisonOperator", ComparisonOperator.values());
    Slot<List<AttributeValue>> list = slots.attributeValueList("AttributeValueList");
    return input ->
        new ExpectedAttributeValue(
            value.get(input), exists.get(input), operator.get(input), list.get(input));
  }

  private static StructureBinding<AttributeValueUpdate> update(Slots slots) {
    Slot<AttributeValue> value = slots.attributeValue("Value");
    Slot<AttributeAction> action = slots.enumeration("Action", AttributeAction.values());
    return input -> new AttributeValueUpdate(value.get(input), action.get(input));
  }
}
