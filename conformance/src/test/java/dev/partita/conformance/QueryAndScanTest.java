package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Query and Scan with the AWS SDK. */
@ExtendWith(SharedServer.class)
class QueryAndScanTest {
  private static final int ITEMS = 20;

  private final DynamoDbClient client;
  private String table = "";

  QueryAndScanTest(Server server) {
    this.client = server.sdk();
  }

  @BeforeEach
  void createTable() {
    table = Tables.withSortKey(client);
    List<WriteRequest> writes = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      // Sort keys -10 to 9: their order is that of numbers, not of text.
      writes.add(put("a", i - 10L, i));
    }
    client.batchWriteItem(r -> r.requestItems(Map.of(table, writes)));
    client.batchWriteItem(r -> r.requestItems(Map.of(table, List.of(put("b", 1, 100)))));
  }

  private static WriteRequest put(String p, long s, int value) {
    Map<String, AttributeValue> item =
        Values.item(
            "p",
            Values.string(p),
            "s",
            Values.number(s),
            "value",
            Values.number(value),
            "even",
            AttributeValue.fromBool(value % 2 == 0));
    return WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build();
  }

  private QueryResponse query(Consumer<QueryRequest.Builder> change, Object... placeholders) {
    Map<String, AttributeValue> values = Values.item(placeholders);
    values.put(":p", Values.string("a"));
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table)
            .keyConditionExpression("p = :p")
            .expressionAttributeValues(values);
    change.accept(request);
    return client.query(request.build());
  }

  private static List<Long> sortKeys(List<Map<String, AttributeValue>> items) {
    return items.stream().map(item -> Long.valueOf(Values.of(item, "s").n())).toList();
  }

  private static List<Long> numbers(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void aCollectionIsReadInOrderAndBackwards() {
    assertEquals(numbers(-10, 9), sortKeys(query(r -> {}).items()));
    assertEquals(
        numbers(-10, 9).reversed(),
        sortKeys(query(r -> r.scanIndexForward(false).consistentRead(true)).items()));
  }

  @ParameterizedTest
  @CsvSource({
    "s = :x, 3, 3",
    "s < :x, -10, 2",
    "s <= :x, -10, 3",
    "s > :x, 4, 9",
    "s >= :x, 3, 9",
    "s BETWEEN :y AND :x, -2, 3"
  })
  void sortConditionsBoundTheRange(String condition, long first, long last) {
    List<Object> placeholders = new ArrayList<>(List.of(":x", Values.number(3)));
    if (condition.contains(":y")) {
      placeholders.addAll(List.of(":y", Values.number(-2)));
    }
    QueryResponse page =
        query(r -> r.keyConditionExpression("p = :p AND " + condition), placeholders.toArray());
    assertEquals(numbers(first, last), sortKeys(page.items()));
    assertEquals(page.count(), page.scannedCount());
  }

  @Test
  void stringsAreFoundByTheirBeginning() {
    String texts = Tables.create(client, ScalarAttributeType.S, ScalarAttributeType.S);
    for (String s : List.of("a", "ab", "aba", "ac", "b")) {
      client.putItem(r ->
          r.tableName(texts).item(Values.item("p", Values.string("p"), "s", Values.string(s))));
    }
    assertEquals(
        List.of("ab", "aba"),
        client
            .query(r ->
                r.tableName(texts)
                    .keyConditionExpression("p = :p AND begins_with(s, :x)")
                    .expressionAttributeValues(
                        Values.item(":p", Values.string("p"), ":x", Values.string("ab"))))
            .items()
            .stream()
            .map(item -> Values.of(item, "s").s())
            .toList());
  }

  @Test
  void aFilterDropsItemsAfterTheyWereCounted() {
    QueryResponse page =
        query(r -> r.filterExpression("even = :t").limit(5), ":t", AttributeValue.fromBool(true));
    assertEquals(5, page.scannedCount());
    assertEquals(3, page.count());
    assertEquals(
        Values.item("p", Values.string("a"), "s", Values.number(-6)), page.lastEvaluatedKey());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void pagesOfALimitJoinToTheWhole(boolean forward) {
    List<Long> found =
        client
            .queryPaginator(r ->
                r.tableName(table)
                    .keyConditionExpression("p = :p")
                    .expressionAttributeValues(Map.of(":p", Values.string("a")))
                    .scanIndexForward(forward)
                    .limit(7))
            .items()
            .stream()
            .map(item -> Long.valueOf(Values.of(item, "s").n()))
            .toList();
    assertEquals(forward ? numbers(-10, 9) : numbers(-10, 9).reversed(), found);
  }

  @Test
  void aPageThatEndsWithTheCollectionAtTheLimitSaysSo() {
    QueryResponse exact = query(r -> r.limit(ITEMS));
    assertEquals(ITEMS, exact.count());
    // AWS stops at the limit without looking further.
    assertTrue(exact.hasLastEvaluatedKey());
    QueryResponse rest = query(r -> r.exclusiveStartKey(exact.lastEvaluatedKey()));
    assertEquals(0, rest.count());
    assertFalse(rest.hasLastEvaluatedKey());
    assertFalse(query(r -> r.limit(ITEMS + 1)).hasLastEvaluatedKey());
  }

  @Test
  void aStartKeyNeedNotExist() {
    Map<String, AttributeValue> start =
        Values.item("p", Values.string("a"), "s", Values.number("2.5"));
    assertEquals(numbers(3, 9), sortKeys(query(r -> r.exclusiveStartKey(start)).items()));
    assertEquals(
        numbers(-10, 2).reversed(),
        sortKeys(query(r -> r.exclusiveStartKey(start).scanIndexForward(false)).items()));
  }

  @Test
  void onlyTheCountOrSomeAttributes() {
    QueryResponse count = query(r -> r.select(Select.COUNT));
    assertEquals(ITEMS, count.count());
    assertFalse(count.hasItems());
    Set<String> names = new HashSet<>();
    query(r -> r.projectionExpression("s, even")).items().forEach(i -> names.addAll(i.keySet()));
    assertEquals(Set.of("s", "even"), names);
    QueryResponse legacy =
        client.query(r ->
            r.tableName(table)
                .keyConditions(
                    Map.of(
                        "p",
                        Condition.builder()
                            .comparisonOperator(ComparisonOperator.EQ)
                            .attributeValueList(Values.string("a"))
                            .build(),
                        "s",
                        Condition.builder()
                            .comparisonOperator(ComparisonOperator.GT)
                            .attributeValueList(Values.number(5))
                            .build()))
                .queryFilter(
                    Map.of(
                        "even",
                        Condition.builder()
                            .comparisonOperator(ComparisonOperator.EQ)
                            .attributeValueList(AttributeValue.fromBool(true))
                            .build())));
    assertEquals(List.of(6L, 8L), sortKeys(legacy.items()));
  }

  @Test
  void aScanSeesEverythingOnce() {
    ScanResponse page = client.scan(r -> r.tableName(table).consistentRead(true));
    assertEquals(ITEMS + 1, page.count());
    assertFalse(page.hasLastEvaluatedKey());
    List<Map<String, AttributeValue>> paged =
        client.scanPaginator(r -> r.tableName(table).limit(4)).items().stream().toList();
    assertEquals(page.items(), paged);
    ScanResponse filtered =
        client.scan(r ->
            r.tableName(table)
                .filterExpression("#v >= :v")
                .expressionAttributeNames(Map.of("#v", "value"))
                .expressionAttributeValues(Map.of(":v", Values.number(100))));
    assertEquals(1, filtered.count());
    assertEquals(ITEMS + 1, filtered.scannedCount());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 1_000_000})
  void segmentsOfAParallelScanJoinToTheWhole(int totalSegments) {
    String many = Tables.withPartitionKey(client);
    int count = 200;
    for (int from = 0; from < count; from += 25) {
      List<WriteRequest> writes =
          IntStream.range(from, from + 25)
              .mapToObj(i ->
                  WriteRequest.builder()
                      .putRequest(p -> p.item(Values.item("p", Values.string("k" + i))))
                      .build())
              .toList();
      client.batchWriteItem(r -> r.requestItems(Map.of(many, writes)));
    }
    Set<String> found = new HashSet<>();
    int segments = Math.min(totalSegments, 64);
    int populated = 0;
    int total = 0;
    for (int i = 0; i < segments; i++) {
      int segment = i;
      List<Map<String, AttributeValue>> items =
          client
              .scanPaginator(
                  r -> r.tableName(many).totalSegments(totalSegments).segment(segment).limit(50))
              .items()
              .stream()
              .toList();
      populated += items.isEmpty() ? 0 : 1;
      total += items.size();
      items.forEach(item -> found.add(Values.of(item, "p").s()));
    }
    assertEquals(total, found.size(), "an item in two segments");
    if (segments == totalSegments) {
      assertEquals(count, found.size());
      assertTrue(populated > segments * 3 / 4, populated + " segments hold items");
    }
  }

  @Test
  void aQueryOfATableWithoutSortKeyCanBePaged() {
    String single = Tables.withPartitionKey(client);
    client.putItem(r -> r.tableName(single).item(Values.item("p", Values.string("x"))));
    assertEquals(
        1,
        client
            .queryPaginator(r ->
                r.tableName(single)
                    .limit(1)
                    .keyConditionExpression("p = :p")
                    .expressionAttributeValues(Map.of(":p", Values.string("x"))))
            .items()
            .stream()
            .count());
    assertNotNull(single);
  }
}
