package dev.partita.protocol.encoding;

import dev.partita.model.Item;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.BatchExecuteStatementResponse;
import dev.partita.model.api.BatchGetItemResponse;
import dev.partita.model.api.BatchWriteItemResponse;
import dev.partita.model.api.ConsumedCapacity;
import dev.partita.model.api.CreateTableResponse;
import dev.partita.model.api.DeleteItemResponse;
import dev.partita.model.api.DeleteTableResponse;
import dev.partita.model.api.DescribeContinuousBackupsResponse;
import dev.partita.model.api.DescribeEndpointsResponse;
import dev.partita.model.api.DescribeLimitsResponse;
import dev.partita.model.api.DescribeStreamResponse;
import dev.partita.model.api.DescribeTableResponse;
import dev.partita.model.api.DescribeTimeToLiveResponse;
import dev.partita.model.api.ExecuteStatementResponse;
import dev.partita.model.api.ExecuteTransactionResponse;
import dev.partita.model.api.GetItemResponse;
import dev.partita.model.api.GetRecordsResponse;
import dev.partita.model.api.GetShardIteratorResponse;
import dev.partita.model.api.ItemCollectionMetrics;
import dev.partita.model.api.KeysAndAttributes;
import dev.partita.model.api.ListStreamsResponse;
import dev.partita.model.api.ListTablesResponse;
import dev.partita.model.api.ListTagsOfResourceResponse;
import dev.partita.model.api.PutItemResponse;
import dev.partita.model.api.QueryResponse;
import dev.partita.model.api.ScanResponse;
import dev.partita.model.api.TagResourceResponse;
import dev.partita.model.api.TransactGetItemsResponse;
import dev.partita.model.api.TransactWriteItemsResponse;
import dev.partita.model.api.UntagResourceResponse;
import dev.partita.model.api.UpdateItemResponse;
import dev.partita.model.api.UpdateTableResponse;
import dev.partita.model.api.UpdateTimeToLiveResponse;
import dev.partita.model.api.WriteRequest;
import dev.partita.protocol.binding.TableNames;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Responses to JSON. */
public final class ResponseEncoder {
  private static final byte[] NOTHING = {};
  private static final byte[] EMPTY_OBJECT = {'{', '}'};
  private static final int CAPACITY_INITIAL = 512;

  private final TableNames names;
  private final JsonWriter json = new JsonWriter(CAPACITY_INITIAL);
  private final ItemWriter items = new ItemWriter(json);
  private final CapacityWriter capacity;

  private ResponseEncoder(TableNames names) {
    this.names = names;
    this.capacity = new CapacityWriter(json, items, names);
  }

  /** The body of {@code response}; tables are called as the request in {@code names} did. */
  public static byte[] encode(ApiResponse response, TableNames names) {
    return switch (response) {
      case PutItemResponse put ->
          written(put.attributes(), put.consumedCapacity(), put.itemCollectionMetrics(), names);
      case UpdateItemResponse update ->
          written(
              update.attributes(),
              update.consumedCapacity(),
              update.itemCollectionMetrics(),
              names);
      case DeleteItemResponse delete ->
          written(
              delete.attributes(),
              delete.consumedCapacity(),
              delete.itemCollectionMetrics(),
              names);
      case GetItemResponse get -> read(get.item(), get.consumedCapacity(), names);
      case QueryResponse query -> new ResponseEncoder(names).query(query);
      case ScanResponse scan -> new ResponseEncoder(names).scan(scan);
      case BatchGetItemResponse batch -> new ResponseEncoder(names).batchGet(batch);
      case BatchWriteItemResponse batch -> new ResponseEncoder(names).batchWrite(batch);
      case CreateTableResponse create ->
          TableEncoder.encode("TableDescription", create.tableDescription());
      case UpdateTableResponse update ->
          TableEncoder.encode("TableDescription", update.tableDescription());
      case DeleteTableResponse delete ->
          TableEncoder.encode("TableDescription", delete.tableDescription());
      case DescribeTableResponse describe -> TableEncoder.encode("Table", describe.table());
      case ListTablesResponse list -> TableEncoder.encode(list);
      case ListTagsOfResourceResponse list -> TableEncoder.encode(list);
      case TagResourceResponse ignored -> NOTHING;
      case UntagResourceResponse ignored -> NOTHING;
      case DescribeLimitsResponse limits -> TableEncoder.encode(limits);
      case DescribeEndpointsResponse endpoints -> TableEncoder.encode(endpoints);
      case DescribeTimeToLiveResponse timeToLive -> TableEncoder.encode(timeToLive);
      case DescribeContinuousBackupsResponse backups -> TableEncoder.encode(backups);
      case UpdateTimeToLiveResponse timeToLive -> TableEncoder.encode(timeToLive);
      case TransactWriteItemsResponse writes -> TransactionEncoder.encode(writes, names);
      case TransactGetItemsResponse reads -> TransactionEncoder.encode(reads, names);
      case ExecuteStatementResponse executed -> TransactionEncoder.encode(executed, names);
      case BatchExecuteStatementResponse executed -> TransactionEncoder.encode(executed, names);
      case ExecuteTransactionResponse executed -> TransactionEncoder.encode(executed, names);
      case ListStreamsResponse list -> StreamEncoder.encode(list);
      case DescribeStreamResponse describe -> StreamEncoder.encode(describe);
      case GetShardIteratorResponse iterator -> StreamEncoder.encode(iterator);
      case GetRecordsResponse got -> StreamEncoder.encode(got);
    };
  }

  private static byte[] written(
      @Nullable Item attributes,
      @Nullable ConsumedCapacity consumed,
      @Nullable ItemCollectionMetrics metrics,
      TableNames names) {
    return attributes == null && consumed == null && metrics == null
        ? EMPTY_OBJECT.clone()
        : new ResponseEncoder(names).item("Attributes", attributes, consumed, metrics);
  }

  private static byte[] read(
      @Nullable Item item, @Nullable ConsumedCapacity consumed, TableNames names) {
    return item == null && consumed == null
        ? EMPTY_OBJECT.clone()
        : new ResponseEncoder(names).item("Item", item, consumed, null);
  }

  private byte[] item(
      String name,
      @Nullable Item item,
      @Nullable ConsumedCapacity consumed,
      @Nullable ItemCollectionMetrics metrics) {
    json.startObject();
    itemMember(name, item);
    capacity.member(consumed);
    capacity.member(metrics);
    return json.endObject().toBytes();
  }

  private byte[] query(QueryResponse query) {
    return page(
        query.items(),
        query.count(),
        query.scannedCount(),
        query.lastEvaluatedKey(),
        query.consumedCapacity());
  }

  private byte[] scan(ScanResponse scan) {
    return page(
        scan.items(),
        scan.count(),
        scan.scannedCount(),
        scan.lastEvaluatedKey(),
        scan.consumedCapacity());
  }

  private byte[] page(
      @Nullable List<Item> found,
      int count,
      int scannedCount,
      @Nullable Item lastKey,
      @Nullable ConsumedCapacity consumed) {
    json.startObject();
    if (found != null) {
      itemList("Items", found);
    }
    json.member("Count", count).member("ScannedCount", scannedCount);
    itemMember("LastEvaluatedKey", lastKey);
    capacity.member(consumed);
    return json.endObject().toBytes();
  }

  private byte[] batchGet(BatchGetItemResponse batch) {
    json.startObject().name("Responses").startObject();
    batch.responses().forEach((table, found) -> itemList(names.asSent(table), found));
    json.endObject().name("UnprocessedKeys").startObject();
    batch.unprocessedKeys().forEach(this::unprocessedKeys);
    json.endObject();
    capacity.member(batch.consumedCapacity());
    return json.endObject().toBytes();
  }

  private void unprocessedKeys(String table, KeysAndAttributes keys) {
    json.name(names.asSent(table)).startObject();
    itemList("Keys", keys.keys());
    List<String> attributes = keys.attributesToGet();
    if (attributes != null) {
      json.name("AttributesToGet").startArray();
      attributes.forEach(json::value);
      json.endArray();
    }
    json.member("ConsistentRead", keys.consistentRead());
    json.member("ProjectionExpression", keys.projectionExpression());
    Map<String, String> placeholders = keys.expressionAttributeNames();
    if (placeholders != null) {
      json.name("ExpressionAttributeNames").startObject();
      placeholders.forEach((placeholder, name) -> json.member(placeholder, name));
      json.endObject();
    }
    json.endObject();
  }

  private byte[] batchWrite(BatchWriteItemResponse batch) {
    json.startObject().name("UnprocessedItems").startObject();
    batch.unprocessedItems().forEach(this::unprocessedItems);
    json.endObject();
    capacity.member(batch.itemCollectionMetrics());
    capacity.member(batch.consumedCapacity());
    return json.endObject().toBytes();
  }

  private void unprocessedItems(String table, List<WriteRequest> writes) {
    json.name(names.asSent(table)).startArray();
    for (WriteRequest write : writes) {
      json.startObject();
      switch (write) {
        case WriteRequest.Put(Item item) -> {
          json.name("PutRequest").startObject();
          itemMember("Item", item);
        }
        case WriteRequest.Delete(Item key) -> {
          json.name("DeleteRequest").startObject();
          itemMember("Key", key);
        }
      }
      json.endObject().endObject();
    }
    json.endArray();
  }

  private void itemMember(String name, @Nullable Item item) {
    if (item != null) {
      json.name(name);
      items.write(item);
    }
  }

  private void itemList(String name, List<Item> list) {
    json.name(name).startArray();
    for (Item item : list) {
      items.write(item);
    }
    json.endArray();
  }
}
