package dev.partita.conformance.durability;

import dev.partita.conformance.RawClient;
import dev.partita.conformance.RawClient.Answer;
import dev.partita.testing.reference.Json;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The requests of these tests. Items are {@link VersionedItem}s, and tables have the string key k.
 *
 * <p>Every method fails with {@link java.io.UncheckedIOException} when the server is gone.
 */
final class TableClient implements AutoCloseable {
  private static final long ACTIVE_MILLIS_MAX = 10_000;
  private static final long POLL_MILLIS = 10;

  private final RawClient http;

  TableClient(URI address) {
    http = new RawClient(address);
  }

  Answer createTable(String table) {
    return http.post(
        "CreateTable",
        """
        {'TableName': '%s', 'BillingMode': 'PAY_PER_REQUEST',
         'KeySchema': [{'AttributeName': 'k', 'KeyType': 'HASH'}],
         'AttributeDefinitions': [{'AttributeName': 'k', 'AttributeType': 'S'},
                                  {'AttributeName': 'version', 'AttributeType': 'S'}],
         'GlobalSecondaryIndexes': [{'IndexName': 'global',
             'KeySchema': [{'AttributeName': 'version', 'KeyType': 'HASH'}],
             'Projection': {'ProjectionType': 'ALL'}}],
         'StreamSpecification': {'StreamEnabled': true, 'StreamViewType': 'NEW_IMAGE'}}
        """
            .formatted(table));
  }

  Answer deleteTable(String table) {
    return http.post("DeleteTable", "{'TableName': '%s'}".formatted(table));
  }

  Answer protect(String table, boolean isProtected) {
    return http.post(
        "UpdateTable",
        "{'TableName': '%s', 'DeletionProtectionEnabled': %s}".formatted(table, isProtected));
  }

  /** What DescribeTable tells once the table changes no more; empty if there is none. */
  Optional<Json.ObjectOf> settledTable(String table) {
    for (long waited = 0; waited < ACTIVE_MILLIS_MAX; waited += POLL_MILLIS) {
      Answer answer = http.post("DescribeTable", "{'TableName': '%s'}".formatted(table));
      if (answer.errorType().equals("ResourceNotFoundException")) {
        return Optional.empty();
      }
      Json.ObjectOf description = object(succeeded(answer).json(), "Table");
      if (description.text("TableStatus").orElse("").equals("ACTIVE")) {
        return Optional.of(description);
      }
      pause();
    }
    throw new IllegalStateException(table + " is neither ACTIVE nor gone");
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  Answer put(String table, String key, int version) {
    return put(table, VersionedItem.json(key, version));
  }

  /** Puts an item of any form. */
  Answer put(String table, Json.ObjectOf item) {
    return http.post("PutItem", request(table, "Item", item).print());
  }

  /** Makes an item of the version out of whatever is there. */
  Answer update(String table, String key, int version) {
    return http.post(
        "UpdateItem",
        request(table, "Key", VersionedItem.key(key))
            .with("UpdateExpression", Json.text("SET version=:version, body=:body, #end=:version"))
            .with("ExpressionAttributeNames", Json.object("#end", Json.text("end")))
            .with("ExpressionAttributeValues", VersionedItem.updateValues(key, version))
            .print());
  }

  Answer delete(String table, String key) {
    return http.post("DeleteItem", request(table, "Key", VersionedItem.key(key)).print());
  }

  /** BatchWriteItem; version 0 deletes. */
  Answer putAll(String table, Map<String, Integer> versions) {
    List<Json> writes = new ArrayList<>();
    versions.forEach((key, version) ->
        writes.add(
            version == 0
                ? Json.object("DeleteRequest", Json.object("Key", VersionedItem.key(key)))
                : Json.object(
                    "PutRequest", Json.object("Item", VersionedItem.json(key, version)))));
    return http.post(
        "BatchWriteItem",
        Json.object("RequestItems", Json.object(table, new Json.ArrayOf(writes))).print());
  }

  Answer get(String table, String key) {
    return http.post(
        "GetItem",
        request(table, "Key", VersionedItem.key(key))
            .with("ConsistentRead", Json.flag(true))
            .print());
  }

  /** What is wrong with the indexes of all tables; empty if they equal their tables. */
  String indexProblem() {
    Answer answer = succeeded(http.postToAdmin("check-index", "{}"));
    return answer.json().member("Consistent").equals(Optional.of(Json.flag(true)))
        ? ""
        : answer.text();
  }

  /** All items of a table by their keys. */
  Map<String, Json.ObjectOf> scan(String table) {
    Map<String, Json.ObjectOf> items = new LinkedHashMap<>();
    Optional<Json> next = Optional.empty();
    do {
      Json.ObjectOf request = Json.object("TableName", Json.text(table));
      if (next.isPresent()) {
        request = request.with("ExclusiveStartKey", next.get());
      }
      Json.ObjectOf page = succeeded(http.post("Scan", request.print())).json();
      if (page.member("Items").orElseThrow() instanceof Json.ArrayOf found) {
        for (Json item : found.elements()) {
          String key = object((Json.ObjectOf) item, "k").text("S").orElseThrow();
          if (items.put(key, (Json.ObjectOf) item) != null) {
            throw new IllegalStateException("Scan returned " + key + " twice");
          }
        }
      }
      next = page.member("LastEvaluatedKey");
    } while (next.isPresent());
    return items;
  }

  private static Json.ObjectOf request(String table, String member, Json.ObjectOf value) {
    return Json.object("TableName", Json.text(table)).with(member, value);
  }

  static Json.ObjectOf object(Json.ObjectOf json, String member) {
    return (Json.ObjectOf) json.member(member).orElseThrow();
  }

  static long number(Json.ObjectOf json, String member) {
    return json.member(member).orElseThrow() instanceof Json.Numeral(BigDecimal number)
        ? number.longValueExact()
        : -1;
  }

  /** The same answer, if it is not an error. */
  static Answer succeeded(Answer answer) {
    if (answer.status() != 200) {
      throw new IllegalStateException(answer.status() + " " + answer.text());
    }
    return answer;
  }

  @Override
  public void close() {
    http.close();
  }
}
