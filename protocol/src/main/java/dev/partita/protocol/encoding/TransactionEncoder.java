package dev.partita.protocol.encoding;

import dev.partita.model.Item;
import dev.partita.model.api.BatchExecuteStatementResponse;
import dev.partita.model.api.BatchStatementError;
import dev.partita.model.api.BatchStatementResponse;
import dev.partita.model.api.ExecuteStatementResponse;
import dev.partita.model.api.ExecuteTransactionResponse;
import dev.partita.model.api.ItemResponse;
import dev.partita.model.api.TransactGetItemsResponse;
import dev.partita.model.api.TransactWriteItemsResponse;
import dev.partita.protocol.binding.TableNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers of transactions and of PartiQL, to JSON. */
final class TransactionEncoder {
  private static final int CAPACITY_INITIAL = 512;

  private final JsonWriter json = new JsonWriter(CAPACITY_INITIAL);
  private final ItemWriter items = new ItemWriter(json);
  private final CapacityWriter capacity;

  private TransactionEncoder(TableNames names) {
    this.capacity = new CapacityWriter(json, items, names);
  }

  static byte[] encode(TransactWriteItemsResponse written, TableNames names) {
    TransactionEncoder encoder = new TransactionEncoder(names);
    encoder.json.startObject();
    encoder.capacity.member(written.consumedCapacity());
    encoder.capacity.member(written.itemCollectionMetrics());
    return encoder.json.endObject().toBytes();
  }

  static byte[] encode(TransactGetItemsResponse read, TableNames names) {
    TransactionEncoder encoder = new TransactionEncoder(names);
    encoder.json.startObject();
    encoder.capacity.member(read.consumedCapacity());
    encoder.responses(read.responses());
    return encoder.json.endObject().toBytes();
  }

  static byte[] encode(ExecuteTransactionResponse executed, TableNames names) {
    TransactionEncoder encoder = new TransactionEncoder(names);
    encoder.json.startObject();
    encoder.responses(executed.responses());
    encoder.capacity.member(executed.consumedCapacity());
    return encoder.json.endObject().toBytes();
  }

  static byte[] encode(ExecuteStatementResponse executed, TableNames names) {
    TransactionEncoder encoder = new TransactionEncoder(names);
    JsonWriter json = encoder.json.startObject();
    List<Item> found = executed.items();
    if (found != null) {
      json.name("Items").startArray();
      found.forEach(encoder.items::write);
      json.endArray();
    }
    json.member("NextToken", executed.nextToken());
    encoder.capacity.member(executed.consumedCapacity());
    encoder.item("LastEvaluatedKey", executed.lastEvaluatedKey());
    return json.endObject().toBytes();
  }

  static byte[] encode(BatchExecuteStatementResponse executed, TableNames names) {
    TransactionEncoder encoder = new TransactionEncoder(names);
    encoder.json.startObject().name("Responses").startArray();
    executed.responses().forEach(encoder::response);
    encoder.json.endArray();
    encoder.capacity.member(executed.consumedCapacity());
    return encoder.json.endObject().toBytes();
  }

  private void responses(List<ItemResponse> responses) {
    json.name("Responses").startArray();
    for (ItemResponse response : responses) {
      json.startObject();
      item("Item", response.item());
      json.endObject();
    }
    json.endArray();
  }

  private void response(BatchStatementResponse response) {
    json.startObject();
    BatchStatementError error = response.error();
    if (error != null) {
      json.name("Error").startObject().member("Code", error.code().text());
      json.member("Message", error.message());
      item("Item", error.item());
      json.endObject();
    }
    json.member("TableName", response.tableName());
    item("Item", response.item());
    json.endObject();
  }

  private void item(String name, @Nullable Item item) {
    if (item != null) {
      json.name(name);
      items.write(item);
    }
  }
}
