package dev.partita.conformance;

import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Parts of transactions in few letters. */
final class Actions {
  private Actions() {}

  /** A name that nobody else uses. */
  static String name() {
    return UUID.randomUUID().toString();
  }

  static Map<String, AttributeValue> key(String p) {
    return Values.item("p", Values.string(p));
  }

  static TransactWriteItem put(Consumer<Put.Builder> put) {
    return TransactWriteItem.builder().put(put).build();
  }

  static TransactWriteItem update(Consumer<Update.Builder> update) {
    return TransactWriteItem.builder().update(update).build();
  }

  static TransactWriteItem delete(Consumer<Delete.Builder> delete) {
    return TransactWriteItem.builder().delete(delete).build();
  }

  /** Adds one to the attribute n. */
  static TransactWriteItem count(String table, String p) {
    return update(r ->
        r.tableName(table)
            .key(key(p))
            .updateExpression("ADD n :one")
            .expressionAttributeValues(Map.of(":one", Values.number(1))));
  }

  static TransactGetItem get(String table, String p) {
    return TransactGetItem.builder().get(g -> g.tableName(table).key(key(p))).build();
  }
}
