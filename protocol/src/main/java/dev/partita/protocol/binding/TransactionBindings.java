package dev.partita.protocol.binding;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ReturnConsumedCapacity;
import dev.partita.model.api.ReturnItemCollectionMetrics;
import dev.partita.model.api.ReturnValuesOnConditionCheckFailure;
import dev.partita.model.api.TransactGetItem;
import dev.partita.model.api.TransactGetItemsRequest;
import dev.partita.model.api.TransactWriteItem;
import dev.partita.model.api.TransactWriteItemsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * TransactWriteItems and TransactGetItems. Each part of a transaction names its own table, which
 * may be an ARN, so a part is bound in two steps: its members first, then its table's name.
 */
final class TransactionBindings {
  private TransactionBindings() {}

  /** The members that all actions of a TransactWriteItems share. */
  private static final class Action {
    private final Slot<String> tableName;
    private final Slot<String> condition;
    private final Slot<Map<String, String>> names;
    private final Slot<Map<String, AttributeValue>> values;
    private final Slot<ReturnValuesOnConditionCheckFailure> onFailure;

    Action(Slots slots) {
      tableName = slots.string("TableName");
      condition = slots.string("ConditionExpression");
      names = slots.stringMap("ExpressionAttributeNames");
      values = slots.attributeValues("ExpressionAttributeValues");
      onFailure =
          slots.enumeration(
              "ReturnValuesOnConditionCheckFailure", ReturnValuesOnConditionCheckFailure.values());
    }
  }

  static RequestBinding transactWriteItems(Slots slots) {
    Slot<List<Function<TableNames, TransactWriteItem>>> items =
        slots.list("TransactItems", TransactionBindings::writeItem);
    Slot<ReturnConsumedCapacity> capacity =
        slots.enumeration("ReturnConsumedCapacity", ReturnConsumedCapacity.values());
    Slot<ReturnItemCollectionMetrics> metrics =
        slots.enumeration("ReturnItemCollectionMetrics", ReturnItemCollectionMetrics.values());
    Slot<String> token = slots.string("ClientRequestToken");
    return (input, names) ->
        new TransactWriteItemsRequest(
            named(items.require(input), names),
            capacity.get(input),
            metrics.get(input),
            token.get(input));
  }

  static RequestBinding transactGetItems(Slots slots) {
    Slot<List<Function<TableNames, TransactGetItem>>> items =
        slots.list("TransactItems", TransactionBindings::getItem);
    Slot<ReturnConsumedCapacity> capacity =
        slots.enumeration("ReturnConsumedCapacity", ReturnConsumedCapacity.values());
    return (input, names) ->
        new TransactGetItemsRequest(named(items.require(input), names), capacity.get(input));
  }

  private static <T> List<T> named(List<Function<TableNames, T>> parts, TableNames names) {
    List<T> result = new ArrayList<>(parts.size());
    for (Function<TableNames, T> part : parts) {
      result.add(part.apply(names));
    }
    return result;
  }

  private static StructureBinding<Function<TableNames, TransactWriteItem>> writeItem(Slots slots) {
    Slot<Function<TableNames, TransactWriteItem>> check =
        slots.structure("ConditionCheck", TransactionBindings::conditionCheck);
    Slot<Function<TableNames, TransactWriteItem>> put =
        slots.structure("Put", TransactionBindings::put);
    Slot<Function<TableNames, TransactWriteItem>> delete =
        slots.structure("Delete", TransactionBindings::delete);
    Slot<Function<TableNames, TransactWriteItem>> update =
        slots.structure("Update", TransactionBindings::update);
    return input -> onlyOne(check.get(input), put.get(input), delete.get(input), update.get(input));
  }

  @SafeVarargs
  private static <T> T onlyOne(@Nullable T... actions) {
    T only = null;
    for (T action : actions) {
      if (action != null && only != null) {
        throw notOne();
      }
      only = action == null ? only : action;
    }
    if (only == null) {
      throw notOne();
    }
    return only;
  }

  private static ApiException notOne() {
    return ApiException.validation(
        "TransactItems can only contain one of Check, Put, Update or Delete");
  }

  private static StructureBinding<Function<TableNames, TransactWriteItem>> put(Slots slots) {
    Slot<Item> item = slots.item("Item");
    Action action = new Action(slots);
    return input ->
        names ->
            new TransactWriteItem.Put(
                names.resolve(action.tableName.require(input)),
                item.require(input),
                action.condition.get(input),
                action.names.get(input),
                action.values.get(input),
                action.onFailure.get(input));
  }

  private static StructureBinding<Function<TableNames, TransactWriteItem>> update(Slots slots) {
    Slot<Item> key = slots.item("Key");
    Slot<String> updateExpression = slots.string("UpdateExpression");
    Action action = new Action(slots);
    return input ->
        names ->
            new TransactWriteItem.Update(
                names.resolve(action.tableName.require(input)),
                key.require(input),
                updateExpression.require(input),
                action.condition.get(input),
                action.names.get(input),
                action.values.get(input),
                action.onFailure.get(input));
  }

  private static StructureBinding<Function<TableNames, TransactWriteItem>> delete(Slots slots) {
    Slot<Item> key = slots.item("Key");
    Action action = new Action(slots);
    return input ->
        names ->
            new TransactWriteItem.Delete(
                names.resolve(action.tableName.require(input)),
                key.require(input),
                action.condition.get(input),
                action.names.get(input),
                action.values.get(input),
                action.onFailure.get(input));
  }

  private static StructureBinding<Function<TableNames, TransactWriteItem>> conditionCheck(
      Slots slots) {
    Slot<Item> key = slots.item("Key");
    Action action = new Action(slots);
    return input ->
        names ->
            new TransactWriteItem.ConditionCheck(
                names.resolve(action.tableName.require(input)),
                key.require(input),
                action.condition.require(input),
                action.names.get(input),
                action.values.get(input),
                action.onFailure.get(input));
  }

  private static StructureBinding<Function<TableNames, TransactGetItem>> getItem(Slots slots) {
    Slot<Function<TableNames, TransactGetItem>> get =
        slots.structure("Get", TransactionBindings::get);
    return get::require;
  }

  private static StructureBinding<Function<TableNames, TransactGetItem>> get(Slots slots) {
    Slot<Item> key = slots.item("Key");
    Slot<String> tableName = slots.string("TableName");
    Slot<String> projection = slots.string("ProjectionExpression");
    Slot<Map<String, String>> attributeNames = slots.stringMap("ExpressionAttributeNames");
    return input ->
        names ->
            new TransactGetItem(
                names.resolve(tableName.require(input)),
                key.require(input),
                projection.get(input),
                attributeNames.get(input));
  }
}
