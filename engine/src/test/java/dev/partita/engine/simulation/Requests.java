package dev.partita.engine.simulation;

import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyType;
import dev.partita.model.api.AttributeDefinition;
import dev.partita.model.api.BatchWriteItemRequest;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.CreateTableRequest;
import dev.partita.model.api.DeleteItemRequest;
import dev.partita.model.api.DescribeStreamRequest;
import dev.partita.model.api.GetItemRequest;
import dev.partita.model.api.GlobalSecondaryIndex;
import dev.partita.model.api.GlobalSecondaryIndexUpdate;
import dev.partita.model.api.IndexProjection;
import dev.partita.model.api.KeySchemaElement;
import dev.partita.model.api.LocalSecondaryIndex;
import dev.partita.model.api.ProjectionType;
import dev.partita.model.api.PutItemRequest;
import dev.partita.model.api.QueryRequest;
import dev.partita.model.api.ReturnValue;
import dev.partita.model.api.ReturnValuesOnConditionCheckFailure;
import dev.partita.model.api.ScanRequest;
import dev.partita.model.api.StreamSpecification;
import dev.partita.model.api.StreamViewType;
import dev.partita.model.api.TransactGetItem;
import dev.partita.model.api.TransactGetItemsRequest;
import dev.partita.model.api.TransactWriteItem;
import dev.partita.model.api.TransactWriteItemsRequest;
import dev.partita.model.api.UpdateItemRequest;
import dev.partita.model.api.UpdateTableRequest;
import dev.partita.model.api.WriteRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests with the members that the workloads use. */
final class Requests {
  private Requests() {}

  static CreateTableRequest createTable(
      String name,
      List<AttributeDefinition> attributes,
      List<KeySchemaElement> key,
      @Nullable List<LocalSecondaryIndex> localIndexes,
      @Nullable List<GlobalSecondaryIndex> globalIndexes) {
    return new CreateTableRequest(
        name,
        attributes,
        key,
        localIndexes,
        globalIndexes,
        BillingMode.PAY_PER_REQUEST,
        null,
        new StreamSpecification(true, StreamViewType.NEW_AND_OLD_IMAGES),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  static List<KeySchemaElement> key(String partitionKey) {
    return List.of(new KeySchemaElement(partitionKey, KeyType.HASH));
  }

  static List<KeySchemaElement> key(String partitionKey, String sortKey) {
    return List.of(
        new KeySchemaElement(partitionKey, KeyType.HASH),
        new KeySchemaElement(sortKey, KeyType.RANGE));
  }

  static AttributeDefinition attribute(String name, AttributeType type) {
    return new AttributeDefinition(name, type);
  }

  static LocalSecondaryIndex localIndex(String name, List<KeySchemaElement> key) {
    return new LocalSecondaryIndex(name, key, new IndexProjection(ProjectionType.ALL, null));
  }

  static GlobalSecondaryIndex globalIndex(
      String name, List<KeySchemaElement> key, ProjectionType projection) {
    return new GlobalSecondaryIndex(
        name, key, new IndexProjection(projection, null), null, null, null);
  }

  static UpdateTableRequest addIndex(
      String table, List<AttributeDefinition> attributes, GlobalSecondaryIndex index) {
    return updateIndexes(table, attributes, new GlobalSecondaryIndexUpdate(null, index, null));
  }

  static UpdateTableRequest deleteIndex(String table, String index) {
    return updateIndexes(
        table,
        null,
        new GlobalSecondaryIndexUpdate(null, null, new GlobalSecondaryIndexUpdate.Delete(index)));
  }

  private static UpdateTableRequest updateIndexes(
      String table,
      @Nullable List<AttributeDefinition> attributes,
      GlobalSecondaryIndexUpdate update) {
    return new UpdateTableRequest(
        table, attributes, null, null, List.of(update), null, null, null, null, null, null);
  }

  static PutItemRequest put(
      String table,
      Item item,
      @Nullable String condition,
      @Nullable Map<String, AttributeValue> values) {
    return new PutItemRequest(
        table,
        item,
        null,
        null,
        condition,
        null,
        values,
        null,
        null,
        null,
        condition == null ? null : ReturnValuesOnConditionCheckFailure.ALL_OLD);
  }

  static UpdateItemRequest update(
      String table, Item key, String expression, Map<String, AttributeValue> values) {
    return new UpdateItemRequest(
        table,
        key,
        null,
        expression,
        null,
        null,
        null,
        null,
        values,
        ReturnValue.ALL_NEW,
        null,
        null,
        null);
  }

  static DeleteItemRequest delete(String table, Item key) {
    return new DeleteItemRequest(
        table, key, null, null, null, null, null, ReturnValue.ALL_OLD, null, null, null);
  }

  static GetItemRequest get(String table, Item key) {
    return new GetItemRequest(table, key, null, true, null, null, null);
  }

  static QueryRequest query(
      String table,
      @Nullable String index,
      boolean consistent,
      String condition,
      Map<String, AttributeValue> values) {
    return new QueryRequest(
        table,
        index,
        null,
        null,
        null,
        consistent,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        condition,
        null,
        values);
  }

  static ScanRequest scan(String table, @Nullable String index, @Nullable Item startKey) {
    return new ScanRequest(
        table, index, null, 7, null, null, null, startKey, null, null, null, null, null, null, null,
        null);
  }

  static BatchWriteItemRequest batch(String table, List<WriteRequest> writes) {
    return new BatchWriteItemRequest(Map.of(table, writes), null, null);
  }

  static TransactWriteItemsRequest transaction(
      List<TransactWriteItem> actions, @Nullable String token) {
    return new TransactWriteItemsRequest(actions, null, null, token);
  }

  static TransactGetItemsRequest transaction(List<TransactGetItem> reads) {
    return new TransactGetItemsRequest(reads, null);
  }

  static DescribeStreamRequest describeStream(String arn, @Nullable String startShard) {
    return new DescribeStreamRequest(arn, null, startShard, null);
  }
}
