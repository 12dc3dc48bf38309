package dev.partita.protocol.binding;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.api.ComparisonOperator;
import dev.partita.model.api.Condition;
import dev.partita.model.api.ConditionalOperator;
import dev.partita.model.api.QueryRequest;
import dev.partita.model.api.ReturnConsumedCapacity;
import dev.partita.model.api.ScanRequest;
import dev.partita.model.api.Select;
import java.util.List;
import java.util.Map;

/** Query and Scan. */
final class QueryBindings {
  private QueryBindings() {}

  /** The members that both operations have. */
  private static final class Read {
    private final Slot<String> tableName;
    private final Slot<String> indexName;
    private final Slot<Select> select;
    private final Slot<List<String>> attributesToGet;
    private final Slot<Integer> limit;
    private final Slot<Boolean> consistentRead;
    private final Slot<ConditionalOperator> conditionalOperator;
    private final Slot<Item> exclusiveStartKey;
    private final Slot<ReturnConsumedCapacity> capacity;
    private final Slot<String> projection;
    private final Slot<String> filter;
    private final Slot<Map<String, String>> names;
    private final Slot<Map<String, AttributeValue>> values;

    Read(Slots slots) {
      tableName = slots.string("TableName");
      indexName = slots.string("IndexName");
      select = slots.enumeration("Select", Select.values());
      attributesToGet = slots.stringList("AttributesToGet");
      limit = slots.integer("Limit");
      consistentRead = slots.bool("ConsistentRead");
      conditionalOperator = slots.enumeration("ConditionalOperator", ConditionalOperator.values());
      exclusiveStartKey = slots.item("ExclusiveStartKey");
      capacity = slots.enumeration("ReturnConsumedCapacity", ReturnConsumedCapacity.values());
      projection = slots.string("ProjectionExpression");
      filter = slots.string("FilterExpression");
      names = slots.stringMap("ExpressionAttributeNames");
      values = slots.attributeValues("ExpressionAttributeValues");
    }
  }

  static RequestBinding query(Slots slots) {
    Read read = new Read(slots);
    Slot<Map<String, Condition>> keyConditions =
        slots.map("KeyConditions", QueryBindings::condition);
    Slot<Map<String, Condition>> queryFilter = slots.map("QueryFilter", QueryBindings::condition);
    Slot<Boolean> forward = slots.bool("ScanIndexForward");
    Slot<String> keyCondition = slots.string("KeyConditionExpression");
    return (input, names) ->
        new QueryRequest(
            names.resolve(read.tableName.require(input)),
            read.indexName.get(input),
            read.select.get(input),
            read.attributesToGet.get(input),
            read.limit.get(input),
            read.consistentRead.get(input),
            keyConditions.get(input),
            queryFilter.get(input),
            read.conditionalOperator.get(input),
            forward.get(input),
            read.exclusiveStartKey.get(input),
            read.capacity.get(input),
            read.projection.get(input),
            read.filter.get(input),
            keyCondition.get(input),
            read.names.get(input),
            read.values.get(input));
  }

  static RequestBinding scan(Slots slots) {
    Read read = new Read(slots);
    Slot<Map<String, Condition>> scanFilter = slots.map("ScanFilter", QueryBindings::condition);
    Slot<Integer> totalSegments = slots.integer("TotalSegments");
    Slot<Integer> segment = slots.integer("Segment");
    return (input, names) ->
        new ScanRequest(
            names.resolve(read.tableName.require(input)),
            read.indexName.get(input),
            read.attributesToGet.get(input),
            read.limit.get(input),
            read.select.get(input),
            scanFilter.get(input),
            read.conditionalOperator.get(input),
            read.exclusiveStartKey.get(input),
            read.capacity.get(input),
            totalSegments.get(input),
            segment.get(input),
            read.projection.get(input),
            read.filter.get(input),
            read.names.get(input),
            read.values.get(input),
            read.consistentRead.get(input));
  }

  private static StructureBinding<Condition> condition(Slots slots) {
    Slot<ComparisonOperator> operator =
        slots.enumeration("ComparisonOperator", ComparisonOperator.values());
    Slot<List<AttributeValue>> values = slots.attributeValueList("AttributeValueList");
    return input -> new Condition(operator.require(input), values.get(input));
  }
}
