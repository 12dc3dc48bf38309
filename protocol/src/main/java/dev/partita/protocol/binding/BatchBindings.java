package dev.partita.protocol.binding;

import dev.partita.model.Item;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.BatchGetItemRequest;
import dev.partita.model.api.BatchWriteItemRequest;
import dev.partita.model.api.KeysAndAttributes;
import dev.partita.model.api.ReturnConsumedCapacity;
import dev.partita.model.api.ReturnItemCollectionMetrics;
import dev.partita.model.api.WriteRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** BatchGetItem and BatchWriteItem. */
final class BatchBindings {
  private BatchBindings() {}

  static RequestBinding batchGetItem(Slots slots) {
    Slot<Map<String, KeysAndAttributes>> items =
        slots.map("RequestItems", BatchBindings::keysAndAttributes);
    Slot<ReturnConsumedCapacity> capacity =
        slots.enumeration("ReturnConsumedCapacity", ReturnConsumedCapacity.values());
    return (input, names) ->
        new BatchGetItemRequest(byTable(items.require(input), names), capacity.get(input));
  }

  static RequestBinding batchWriteItem(Slots slots) {
    Slot<Map<String, List<WriteRequest>>> items =
        slots.mapOfLists("RequestItems", BatchBindings::writeRequest);
    Slot<ReturnConsumedCapacity> capacity =
        slots.enumeration("ReturnConsumedCapacity", ReturnConsumedCapacity.values());
    Slot<ReturnItemCollectionMetrics> metrics =
        slots.enumeration("ReturnItemCollectionMetrics", ReturnItemCollectionMetrics.values());
    return (input, names) ->
        new BatchWriteItemRequest(
            byTable(items.require(input), names), capacity.get(input), metrics.get(input));
  }

  private static <T> Map<String, T> byTable(Map<String, T> sent, TableNames names) {
    Map<String, T> result = new LinkedHashMap<>();
    sent.forEach((name, content) -> {
      if (result.put(names.resolve(name), content) != null) {
        throw ApiException.validation(
            "One or more parameter values were invalid: Duplicate table: " + name);
      }
    });
    return result;
  }

  private static StructureBinding<KeysAndAttributes> keysAndAttributes(Slots slots) {
    Slot<List<Item>> keys = slots.items("Keys");
    Slot<List<String>> attributesToGet = slots.stringList("AttributesToGet");
    Slot<Boolean> consistentRead = slots.bool("ConsistentRead");
    Slot<String> projection = slots.string("ProjectionExpression");
    Slot<Map<String, String>> names = slots.stringMap("ExpressionAttributeNames");
    return input ->
        new KeysAndAttributes(
            keys.require(input),
            attributesToGet.get(input),
            consistentRead.get(input),
            projection.get(input),
            names.get(input));
  }

  private static StructureBinding<WriteRequest> writeRequest(Slots slots) {
    Slot<Item> put =
        slots.structure(
            "PutRequest",
            nested -> {
              Slot<Item> item = nested.item("Item");
              return item::require;
            });
    Slot<Item> delete =
        slots.structure(
            "DeleteRequest",
            nested -> {
              Slot<Item> key = nested.item("Key");
              return key::require;
            });
    return input -> {
      Item item = put.get(input);
      Item key = delete.get(input);
      if (item != null && key == null) {
        return new WriteRequest.Put(item);
      }
      if (key != null && item == null) {
        return new WriteRequest.Delete(key);
      }
      // AWS's words, of a union that it treats like an attribute value.
      throw ApiException.validation(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
              + " supported datatypes");
    };
  }
}
