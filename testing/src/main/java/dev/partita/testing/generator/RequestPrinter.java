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
import dev.partita.testing.reference.Operation.KeyEquality;
import dev.partita.testing.reference.Operation.PutItem;
import dev.partita.testing.reference.Operation.Query;
import dev.partita.testing.reference.Operation.ReadOptions;
import dev.partita.testing.reference.Operation.ReadStream;
import dev.partita.testing.reference.Operation.ReturnValues;
import dev.partita.testing.reference.Operation.Scan;
import dev.partita.testing.reference.Operation.Select;
import dev.partita.testing.reference.Operation.SortCondition;
import dev.partita.testing.reference.Operation.TransactCheck;
import dev.partita.testing.reference.Operation.TransactDelete;
import dev.partita.testing.reference.Operation.TransactGet;
import dev.partita.testing.reference.Operation.TransactGetItems;
import dev.partita.testing.reference.Operation.TransactPut;
import dev.partita.testing.reference.Operation.TransactUpdate;
import dev.partita.testing.reference.Operation.TransactWrite;
import dev.partita.testing.reference.Operation.TransactWriteItems;
import dev.partita.testing.reference.Operation.UpdateItem;
import dev.partita.testing.reference.Operation.WriteOptions;
import dev.partita.testing.reference.Projection;
import dev.partita.testing.reference.TableJson;
import dev.partita.testing.reference.Update;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.ValueJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      case CreateTable create ->
          TableJson.of(create.table()).with("BillingMode", Json.text("PAY_PER_REQUEST"));
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
        Json.ObjectOf request = keyed(indexed(table(query.table()), query.index()), query.key());
        if (!query.forward() || choices.percent(20)) {
          request = request.with("ScanIndexForward", Json.flag(query.forward()));
        }
        yield read(request, query.options(), "QueryFilter");
      }
      case Scan scan -> {
        Json.ObjectOf request = indexed(table(scan.table()), scan.index());
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
      case ReadStream read -> table(read.table());
      case TransactWriteItems request -> transactWrite(request);
      case TransactGetItems request -> transactGet(request);
    };
  }

  private static Json.ObjectOf indexed(Json.ObjectOf request, Optional<String> index) {
    return index.map(name -> request.with("IndexName", Json.text(name))).orElse(request);
  }

  private static Json.ObjectOf table(String name) {
    return Json.object("TableName", Json.text(name));
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
    if (options.metrics()) {
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
    Json.ObjectOf conditions = Json.object();
    for (KeyEquality equality : key.partition()) {
      conditions =
          conditions.with(
              equality.name(), comparison(LegacyCondition.Operator.EQ, List.of(equality.value())));
    }
    for (SortCondition sort : key.sort()) {
      conditions = conditions.with(sort.name(), comparison(sort.operator(), sort.operands()));
    }
    return request.with("KeyConditions", conditions);
  }

  private Json.ObjectOf read(Json.ObjectOf request, ReadOptions options, String legacyFilter) {
    Json.ObjectOf result = guarded(request, options.filter(), "FilterExpression", legacyFilter);
    result = projected(result, options.projection());
    if (options.select() != Select.UNSET) {
      result = result.with("Select", Json.text(options.select().name()));
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

  private Json.ObjectOf transactWrite(TransactWriteItems request) {
    List<Json> actions = new ArrayList<>();
    for (TransactWrite write : request.writes()) {
      actions.add(new RequestPrinter(choices.seed()).action(write));
    }
    Json.ObjectOf result = Json.object("TransactItems", new Json.ArrayOf(actions));
    if (request.token().isPresent()) {
      result = result.with("ClientRequestToken", Json.text(request.token().get()));
    }
    return capacity(result, request.capacity());
  }

  /** Placeholders of a transaction are per action, so each action has a printer of its own. */
  private Json.ObjectOf action(TransactWrite write) {
    Json.ObjectOf table = table(write.table());
    return switch (write) {
      case TransactPut put ->
          action("Put", table.with("Item", values.attributes(put.item())), write);
      case TransactDelete delete ->
          action("Delete", table.with("Key", values.attributes(delete.key())), write);
      case TransactCheck check ->
          action("ConditionCheck", table.with("Key", values.attributes(check.key())), write);
      case TransactUpdate update -> {
        Json.ObjectOf request = table.with("Key", values.attributes(update.key()));
        yield action(
            "Update",
            request.with("UpdateExpression", Json.text(expressions.update(update.update()))),
            write);
      }
    };
  }

  private Json.ObjectOf action(String name, Json.ObjectOf request, TransactWrite write) {
    Json.ObjectOf result = guarded(request, write.guard(), "ConditionExpression", "Expected");
    if (write.oldOnFailure() || choices.percent(10)) {
      String returned = write.oldOnFailure() ? "ALL_OLD" : "NONE";
      result = result.with("ReturnValuesOnConditionCheckFailure", Json.text(returned));
    }
    return Json.object(name, expressions.withPlaceholders(result));
  }

  private Json.ObjectOf transactGet(TransactGetItems request) {
    List<Json> actions = new ArrayList<>();
    for (TransactGet get : request.gets()) {
      RequestPrinter printer = new RequestPrinter(choices.seed());
      Json.ObjectOf one = table(get.table()).with("Key", printer.values.attributes(get.key()));
      one = printer.expressions.withPlaceholders(printer.projected(one, get.projection()));
      actions.add(Json.object("Get", one));
    }
    Json.ObjectOf result = Json.object("TransactItems", new Json.ArrayOf(actions));
    return capacity(result, request.capacity());
  }
}
