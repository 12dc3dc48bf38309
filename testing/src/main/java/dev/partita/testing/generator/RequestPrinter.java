package dev.partita.testing.generator;

import dev.partita.testing.reference.Guard;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.LegacyCondition;
import dev.partita.testing.reference.Operation;
import dev.partita.testing.reference.Operation.BatchDelete;
import dev.partita.testing.reference.Operation.BatchGetItem;
import dev.partita.testing.reference.Operation.BatchPut;
import dev.partita.testing.reference.Operation.BatchRead;
import dev.partita.testing.reference.Operation.BatchWrite;
import dev.partita.testing.reference.Operation.BatchWriteItem;
import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.CreateTable;
import dev.partita.testing.reference.Operation.DeleteItem;
import dev.partita.testing.reference.Operation.DeleteTable;
import dev.partita.testing.reference.Operation.DescribeTable;
import dev.partita.testing.reference.Operation.GetItem;
import dev.partita.testing.reference.Operation.KeyCondition;
import dev.partita.testing.reference.Operation.PutItem;
import dev.partita.testing.reference.Operation.Query;
import dev.partita.testing.reference.Operation.ReadOptions;
import dev.partita.testing.reference.Operation.ReturnValues;
import dev.partita.testing.reference.Operation.Scan;
import dev.partita.testing.reference.Operation.UpdateItem;
import dev.partita.testing.reference.Operation.WriteOptions;
import dev.partita.testing.reference.Projection;
import dev.partita.testing.reference.TableDefinition;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.Update;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.ValueJson;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes one operation as the JSON body of its request. */
public final class RequestPrinter {

  private final Choices choices;
  private final ValueJson values;
  private final ExpressionPrinter expressions;

  private RequestPrinter(long style) {
    this.choices = new Choices(style);
    this.values = new ValueJson(new Spelling(choices)::spell);
    this.expressions = new ExpressionPrinter(choices, values);
  }

  /** The request body; the same operation in the same style gives the same text. */
  public static Json.ObjectOf print(GeneratedOperation generated) {
    return new RequestPrinter(generated.style()).request(generated.operation());
  }

  private Json.ObjectOf request(Operation operation) {
    return switch (operation) {
      case CreateTable create -> create(create.table());
      case DeleteTable delete -> table(delete.table());
      case DescribeTable describe -> table(describe.table());
      case PutItem put ->
          write(table(put.table()).with("Item", values.attributes(put.item())), put.options());
      case DeleteItem delete ->
          write(
              table(delete.table()).with("Key", values.attributes(delete.key())), delete.options());
      case UpdateItem update ->
          write(
              updated(
                  table(update.table()).with("Key", values.attributes(update.key())),
                  update.update()),
              update.options());
      case GetItem get -> {
        Json.ObjectOf request = table(get.table()).with("Key", values.attributes(get.key()));
        request = capacity(consistent(request, get.consistent()), get.capacity());
        yield expressions.withPlaceholders(projected(request, get.projection()));
      }
      case Query query -> {
        Json.ObjectOf request = keyed(table(query.table()), query.key());
        if (!query.forward() || choices.percent(20)) {
          request = request.with("ScanIndexForward", Json.flag(query.forward()));
        }
        yield read(request, query.options(), "QueryFilter");
      }
      case Scan scan -> {
        Json.ObjectOf request = table(scan.table());
        if (scan.segment().isPresent()) {
          request =
              request
                  .with("Segment", Json.number(scan.segment().get().segment()))
                  .with("TotalSegments", Json.number(scan.segment().get().totalSegments()));
        }
        yield read(request, scan.options(), "ScanFilter");
      }
      case BatchGetItem batch -> batchGet(batch);
      case BatchWriteItem batch -> batchWrite(batch);
    };
  }

  private static Json.ObjectOf table(String name) {
    return Json.object("TableName", Json.text(name));
  }

  private static Json.ObjectOf create(TableDefinition table) {
    List<Json> keySchema = new ArrayList<>();
    List<Json> attributes = new ArrayList<>();
    for (KeyAttribute key : table.keyAttributes()) {
      Json.ObjectOf name = Json.object("AttributeName", Json.text(key.name()));
      keySchema.add(name.with("KeyType", Json.text(keySchema.isEmpty() ? "HASH" : "RANGE")));
      attributes.add(name.with("AttributeType", Json.text(key.type())));
    }
    return table(table.name())
        .with("KeySchema", new Json.ArrayOf(keySchema))
        .with("AttributeDefinitions", new Json.ArrayOf(attributes))
        .with("BillingMode", Json.text("PAY_PER_REQUEST"));
  }

  private Json.ObjectOf capacity(Json.ObjectOf request, Capacity capacity) {
    return capacity == Capacity.NONE && choices.percent(70)
        ? request
        : request.with("ReturnConsumedCapacity", Json.text(capacity.name()));
  }

  private Json.ObjectOf consistent(Json.ObjectOf request, boolean consistent) {
    return !consistent && choices.percent(70)
        ? request
        : request.with("ConsistentRead", Json.flag(consistent));
  }

  private Json.ObjectOf write(Json.ObjectOf request, WriteOptions options) {
    Json.ObjectOf result = guarded(request, options.guard(), "ConditionExpression", "Expected");
    if (options.returnValues() != ReturnValues.NONE || choices.percent(20)) {
      result = result.with("ReturnValues", Json.text(options.returnValues().name()));
    }
    if (options.oldOnFailure()) {
      result = result.with("ReturnValuesOnConditionCheckFailure", Json.text("ALL_OLD"));
    }
    if (choices.percent(10)) {
      // The tables have no local secondary index, so nothing comes of it.
      result = result.with("ReturnItemCollectionMetrics", Json.text("SIZE"));
    }
    return expressions.withPlaceholders(capacity(result, options.capacity()));
  }

  private Json.ObjectOf guarded(
      Json.ObjectOf request, Guard guard, String expressionName, String legacyName) {
    return switch (guard) {
      case Guard.Always always -> request;
      case Guard.Expression expression ->
          request.with(expressionName, Json.text(expressions.condition(expression.condition())));
      case Guard.Legacy legacy -> {
        SortedMap<String, Json> conditions = new TreeMap<>();
        for (LegacyCondition condition : legacy.conditions()) {
          conditions.put(condition.attribute(), legacy(condition.test()));
        }
        Json.ObjectOf result = request.with(legacyName, new Json.ObjectOf(conditions));
        yield legacy.operatorGiven()
            ? result.with("ConditionalOperator", Json.text(legacy.any() ? "OR" : "AND"))
            : result;
      }
    };
  }

  private Json.ObjectOf legacy(LegacyCondition.Test test) {
    return switch (test) {
      case LegacyCondition.DoesNotExist none -> Json.object("Exists", Json.flag(false));
      case LegacyCondition.HasValue expected -> {
        Json.ObjectOf value = Json.object("Value", values.encode(expected.value()));
        yield expected.exists() ? value.with("Exists", Json.flag(true)) : value;
      }
      case LegacyCondition.Compares compares -> comparison(compares.operator(), compares.values());
    };
  }

  private Json.ObjectOf comparison(LegacyCondition.Operator operator, List<Value> operands) {
    Json.ObjectOf comparison = Json.object("ComparisonOperator", Json.text(operator.name()));
    return operands.isEmpty() ? comparison : comparison.with("AttributeValueList", array(operands));
  }

  private Json.ArrayOf array(List<Value> operands) {
    List<Json> elements = new ArrayList<>();
    for (Value operand : operands) {
      elements.add(values.encode(operand));
    }
    return new Json.ArrayOf(elements);
  }

  private Json.ObjectOf updated(Json.ObjectOf request, Update update) {
    return switch (update) {
      case Update.Touch touch -> request;
      case Update.Expression expression ->
          request.with("UpdateExpression", Json.text(expressions.update(expression.expression())));
      case Update.Attributes attributes -> {
        SortedMap<String, Json> updates = new TreeMap<>();
        attributes.updates().forEach((name, one) -> updates.put(name, attributeUpdate(one)));
        yield request.with("AttributeUpdates", new Json.ObjectOf(updates));
      }
    };
  }

  private Json.ObjectOf attributeUpdate(Update.AttributeUpdate update) {
    Json.ObjectOf result = Json.object();
    if (update.value().isPresent()) {
      result = result.with("Value", values.encode(update.value().get()));
    }
    return update.action() == Update.Action.PUT && choices.percent(30)
        ? result
        : result.with("Action", Json.text(update.action().name()));
  }

  private Json.ObjectOf projected(Json.ObjectOf request, Projection projection) {
    return switch (projection) {
      case Projection.Everything everything -> request;
      case Projection.Paths paths ->
          request.with("ProjectionExpression", Json.text(expressions.projection(paths.paths())));
      case Projection.Attributes attributes ->
          request.with("AttributesToGet", Json.texts(attributes.names()));
    };
  }

  private Json.ObjectOf keyed(Json.ObjectOf request, KeyCondition key) {
    if (!key.legacy()) {
      return request.with("KeyConditionExpression", Json.text(expressions.keyCondition(key)));
    }
    Json.ObjectOf conditions =
        Json.object(key.name(), comparison(LegacyCondition.Operator.EQ, List.of(key.value())));
    if (key.sort().isPresent()) {
      conditions =
          conditions.with(
              key.sort().get().name(),
              comparison(key.sort().get().operator(), key.sort().get().operands()));
    }
    return request.with("KeyConditions", conditions);
  }

  private Json.ObjectOf read(Json.ObjectOf request, ReadOptions options, String legacyFilter) {
    Json.ObjectOf result = guarded(request, options.filter(), "FilterExpression", legacyFilter);
    result = projected(result, options.projection());
    if (options.count()) {
      result = result.with("Select", Json.text("COUNT"));
    }
    if (options.limit().isPresent()) {
      result = result.with("Limit", Json.number(options.limit().get()));
    }
    if (options.start().isPresent()) {
      result = result.with("ExclusiveStartKey", values.attributes(options.start().get()));
    }
    result = capacity(consistent(result, options.consistent()), options.capacity());
    return expressions.withPlaceholders(result);
  }

  private Json.ObjectOf batchGet(BatchGetItem batch) {
    SortedMap<String, Json> requests = new TreeMap<>();
    batch.reads().forEach((table, read) -> requests.put(table, batchRead(read)));
    return capacity(Json.object("RequestItems", new Json.ObjectOf(requests)), batch.capacity());
  }

  /** Placeholders of a batch are per table, so each table has a printer of its own. */
  private Json.ObjectOf batchRead(BatchRead read) {
    RequestPrinter printer = new RequestPrinter(choices.seed());
    List<Json> keys = new ArrayList<>();
    for (Value.MapValue key : read.keys()) {
      keys.add(printer.values.attributes(key));
    }
    Json.ObjectOf request =
        printer.consistent(Json.object("Keys", new Json.ArrayOf(keys)), read.consistent());
    return printer.expressions.withPlaceholders(printer.projected(request, read.projection()));
  }

  private Json.ObjectOf batchWrite(BatchWriteItem batch) {
    SortedMap<String, Json> requests = new TreeMap<>();
    batch
        .writes()
        .forEach((table, writes) -> {
          List<Json> elements = new ArrayList<>();
          for (BatchWrite write : writes) {
            elements.add(batchWrite(write));
          }
          requests.put(table, new Json.ArrayOf(elements));
        });
    return capacity(Json.object("RequestItems", new Json.ObjectOf(requests)), batch.capacity());
  }

  private Json.ObjectOf batchWrite(BatchWrite write) {
    return switch (write) {
      case BatchPut put ->
          Json.object("PutRequest", Json.object("Item", values.attributes(put.item())));
      case BatchDelete delete ->
          Json.object("DeleteRequest", Json.object("Key", values.attributes(delete.key())));
    };
  }
}
