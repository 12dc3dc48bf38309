package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** BatchGetItem and BatchWriteItem with the AWS SDK. */
@ExtendWith(SharedServer.class)
class BatchTest {
  private static final int ITEM_BYTES_MAX = 400 * 1024;
  private static final int RESPONSE_BYTES_MAX = 16 * 1024 * 1024;

  private final DynamoDbClient client;

  BatchTest(Server server) {
    this.client = server.sdk();
  }

  private static WriteRequest put(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(put -> put.item(item)).build();
  }

  private static WriteRequest delete(Map<String, AttributeValue> key) {
    return WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build();
  }

  private static Map<String, AttributeValue> key(int i) {
    return Values.item("p", Values.string("k" + i));
  }

  private void write(String table, List<WriteRequest> writes) {
    BatchWriteItemResponse response =
        client.batchWriteItem(r -> r.requestItems(Map.of(table, writes)));
    assertTrue(response.unprocessedItems().isEmpty());
  }

  @Test
  void putsAndDeletesInSeveralTables() {
    String one = Tables.withPartitionKey(client);
    String two = Tables.withPartitionKey(client);
    write(one, List.of(put(key(1)), put(key(2))));
    BatchWriteItemResponse response =
        client.batchWriteItem(r ->
            r.requestItems(
                Map.of(
                    one, List.of(delete(key(1)), put(key(3)), delete(key(99))),
                    two, List.of(put(key(1))))));
    assertTrue(response.hasUnprocessedItems() && response.unprocessedItems().isEmpty());
    assertEquals(Set.of("k2", "k3"), names(one));
    assertEquals(Set.of("k1"), names(two));
  }

  private Set<String> names(String table) {
    return client.scan(r -> r.tableName(table)).items().stream()
        .map(item -> Values.of(item, "p").s())
        .collect(Collectors.toSet());
  }

  @Test
  void getsFromSeveralTablesWhatIsThere() {
    String one = Tables.withPartitionKey(client);
    String two = Tables.withPartitionKey(client);
    Map<String, AttributeValue> item = key(1);
    item.put("a", Values.number(1));
    item.put("b", Values.number(2));
    write(one, List.of(put(item)));
    write(two, List.of(put(item)));
    BatchGetItemResponse response =
        client.batchGetItem(r ->
            r.requestItems(
                Map.of(
                    one,
                    KeysAndAttributes.builder()
                        .keys(List.of(key(1), key(2)))
                        .projectionExpression("#a")
                        .expressionAttributeNames(Map.of("#a", "a"))
                        .build(),
                    two,
                    KeysAndAttributes.builder()
                        .keys(List.of(key(1)))
                        .consistentRead(true)
                        .build())));
    assertEquals(List.of(Values.item("a", Values.number(1))), response.responses().get(one));
    assertEquals(List.of(item), response.responses().get(two));
    assertTrue(response.hasUnprocessedKeys() && response.unprocessedKeys().isEmpty());
    BatchGetItemResponse nothing =
        client.batchGetItem(r ->
            r.requestItems(Map.of(one, KeysAndAttributes.builder().keys(List.of(key(5))).build())));
    assertEquals(List.of(), nothing.responses().get(one));
  }

  @Test
  void aHundredKeysAndTwentyFiveWritesAreAllowed() {
    String table = Tables.withPartitionKey(client);
    for (int from = 0; from < 100; from += 25) {
      write(
          table,
          IntStream.range(from, from + 25).mapToObj(BatchTest::key).map(BatchTest::put).toList());
    }
    List<Map<String, AttributeValue>> keys =
        IntStream.range(0, 100).mapToObj(BatchTest::key).toList();
    BatchGetItemResponse response =
        client.batchGetItem(
            r -> r.requestItems(Map.of(table, KeysAndAttributes.builder().keys(keys).build())));
    assertEquals(100, response.responses().getOrDefault(table, List.of()).size());
  }

  @Test
  void moreThanSixteenMegabytesComeInPartsWithTheRestUnprocessed() {
    String table = Tables.withPartitionKey(client);
    int count = 48;
    int bytes = ITEM_BYTES_MAX - 10;
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, AttributeValue> item = key(i);
      keys.add(key(i));
      int keyBytes = 1 + ("k" + i).length();
      item.put("b", Values.bytes(bytes - keyBytes - 1));
      client.putItem(r -> r.tableName(table).item(item));
    }
    Map<String, KeysAndAttributes> request =
        Map.of(
            table,
            KeysAndAttributes.builder()
                .keys(keys)
                .consistentRead(true)
                .projectionExpression("p, b")
                .build());
    Set<String> found = new HashSet<>();
    int parts = 0;
    while (!request.isEmpty()) {
      Map<String, KeysAndAttributes> asked = request;
      BatchGetItemResponse response = client.batchGetItem(r -> r.requestItems(asked));
      List<Map<String, AttributeValue>> items = response.responses().getOrDefault(table, List.of());
      assertFalse(items.isEmpty(), "no progress");
      assertTrue((long) items.size() * bytes <= RESPONSE_BYTES_MAX, items.size() + " items");
      for (Map<String, AttributeValue> item : items) {
        assertTrue(found.add(Values.of(item, "p").s()), "an item twice");
      }
      request = response.unprocessedKeys();
      KeysAndAttributes rest = request.get(table);
      if (rest != null) {
        assertTrue(rest.consistentRead());
        assertEquals("p, b", rest.projectionExpression());
        assertEquals(count, found.size() + rest.keys().size());
      }
      parts++;
    }
    assertEquals(count, found.size());
    assertTrue(parts > 1, "18 MB in one answer");
  }

  @Test
  void thePaginatorOfBatchesReadsEverything() {
    String table = Tables.withPartitionKey(client);
    for (int i = 0; i < 30; i++) {
      Map<String, AttributeValue> item = key(i);
      item.put("b", Values.bytes(350_000));
      client.putItem(r -> r.tableName(table).item(item));
    }
    List<Map<String, AttributeValue>> keys =
        IntStream.range(0, 30).mapToObj(BatchTest::key).toList();
    long count =
        client
            .batchGetItemPaginator(
                r -> r.requestItems(Map.of(table, KeysAndAttributes.builder().keys(keys).build())))
            .stream()
            .mapToLong(page -> page.responses().getOrDefault(table, List.of()).size())
            .sum();
    assertEquals(30, count);
  }
}
