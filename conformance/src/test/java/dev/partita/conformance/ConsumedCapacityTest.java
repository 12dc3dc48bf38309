package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What each operation costs, on a table of one partition. */
@ExtendWith(SharedServer.class)
class ConsumedCapacityTest {
  private static final ReturnConsumedCapacity TOTAL = ReturnConsumedCapacity.TOTAL;

  private final DynamoDbClient client;
  private String table = "";

  ConsumedCapacityTest(Server server) {
    this.client = server.sdk();
  }

  @BeforeEach
  void createTable() {
    table = Tables.name();
    client.createTable(
        Tables.request(table, ScalarAttributeType.S, ScalarAttributeType.N)
            .billingMode(BillingMode.PROVISIONED)
            .provisionedThroughput(t -> t.readCapacityUnits(1000L).writeCapacityUnits(500L))
            .build());
    client.waiter().waitUntilTableExists(r -> r.tableName(table));
  }

  private static Map<String, AttributeValue> key(int s) {
    return Values.item("p", Values.string("p"), "s", Values.number(s));
  }

  /** An item of that many bytes in all; s is one or two digits, and not 0. */
  private static Map<String, AttributeValue> item(int s, int bytes) {
    Map<String, AttributeValue> item = key(s);
    // p + p, s + a number of one pair of digits, and the name x.
    item.put("x", Values.bytes(bytes - 2 - 3 - 1));
    return item;
  }

  private double put(int s, int bytes) {
    return client
        .putItem(r -> r.tableName(table).item(item(s, bytes)).returnConsumedCapacity(TOTAL))
        .consumedCapacity()
        .capacityUnits();
  }

  @Test
  void aPutCostsAUnitForEachKilobyteOfTheLargerItem() {
    assertEquals(1, put(1, 20));
    assertEquals(1, put(2, 1024));
    assertEquals(2, put(3, 1025));
    assertEquals(2, put(3, 20), "the old item is larger");
    assertEquals(400, put(4, 400 * 1024));
  }

  @Test
  void aGetCostsAUnitForEachFourKilobytes() {
    put(1, 4096);
    put(2, 4097);
    assertEquals(1, get(1, true));
    assertEquals(0.5, get(1, false));
    assertEquals(2, get(2, true));
    assertEquals(1, get(2, false));
    assertEquals(1, get(3, true), "nothing there");
    assertEquals(0.5, get(3, false), "nothing there");
    assertEquals(
        2,
        client
            .getItem(r ->
                r.tableName(table)
                    .key(key(2))
                    .projectionExpression("p")
                    .consistentRead(true)
                    .returnConsumedCapacity(TOTAL))
            .consumedCapacity()
            .capacityUnits(),
        "a projection saves nothing");
  }

  private double get(int s, boolean consistent) {
    return client
        .getItem(r ->
            r.tableName(table).key(key(s)).consistentRead(consistent).returnConsumedCapacity(TOTAL))
        .consumedCapacity()
        .capacityUnits();
  }

  @Test
  void anUpdateCostsTheLargerAndADeleteTheOldItem() {
    put(1, 3000);
    assertEquals(
        3,
        client
            .updateItem(r ->
                r.tableName(table)
                    .key(key(1))
                    .updateExpression("REMOVE x")
                    .returnConsumedCapacity(TOTAL))
            .consumedCapacity()
            .capacityUnits());
    put(2, 3000);
    assertEquals(
        3,
        client
            .deleteItem(r -> r.tableName(table).key(key(2)).returnConsumedCapacity(TOTAL))
            .consumedCapacity()
            .capacityUnits());
    assertEquals(
        1,
        client
            .deleteItem(r -> r.tableName(table).key(key(2)).returnConsumedCapacity(TOTAL))
            .consumedCapacity()
            .capacityUnits());
  }

  @Test
  void queryAndScanAddSizesBeforeTheyRound() {
    for (int s = 1; s <= 10; s++) {
      put(s, 900);
    }
    // 9,000 bytes are three units of 4 KB, half of that if eventually consistent.
    assertEquals(3, query(true, ""));
    assertEquals(1.5, query(false, ""));
    assertEquals(3, query(true, "attribute_exists(no_such)"), "a filter saves nothing");
    assertEquals(
        3,
        client
            .scan(r -> r.tableName(table).consistentRead(true).returnConsumedCapacity(TOTAL))
            .consumedCapacity()
            .capacityUnits());
    assertEquals(
        0.5,
        client
            .query(r ->
                r.tableName(table)
                    .keyConditionExpression("p = :p")
                    .expressionAttributeValues(Map.of(":p", Values.string("none")))
                    .returnConsumedCapacity(TOTAL))
            .consumedCapacity()
            .capacityUnits());
  }

  private double query(boolean consistent, String filter) {
    return client
        .query(r -> {
          r.tableName(table)
              .keyConditionExpression("p = :p")
              .expressionAttributeValues(Map.of(":p", Values.string("p")))
              .consistentRead(consistent)
              .returnConsumedCapacity(TOTAL);
          if (!filter.isEmpty()) {
            r.filterExpression(filter);
          }
        })
        .consumedCapacity()
        .capacityUnits();
  }

  @Test
  void batchesRoundEachItemAndReportEachTable() {
    List<WriteRequest> writes =
        List.of(
            WriteRequest.builder().putRequest(p -> p.item(item(1, 1500))).build(),
            WriteRequest.builder().putRequest(p -> p.item(item(2, 100))).build(),
            WriteRequest.builder().deleteRequest(d -> d.key(key(3))).build());
    List<ConsumedCapacity> written =
        client
            .batchWriteItem(
                r -> r.requestItems(Map.of(table, writes)).returnConsumedCapacity(TOTAL))
            .consumedCapacity();
    assertEquals(1, written.size());
    assertEquals(table, written.getFirst().tableName());
    assertEquals(4, written.getFirst().capacityUnits());
    KeysAndAttributes keys =
        KeysAndAttributes.builder().keys(List.of(key(1), key(2), key(3))).build();
    List<ConsumedCapacity> read =
        client
            .batchGetItem(r -> r.requestItems(Map.of(table, keys)).returnConsumedCapacity(TOTAL))
            .consumedCapacity();
    assertEquals(1.5, read.getFirst().capacityUnits());
  }

  @Test
  void indexesSplitsTheSumAndNoneSaysNothing() {
    ConsumedCapacity capacity =
        client
            .putItem(r ->
                r.tableName(table)
                    .item(item(1, 1025))
                    .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES))
            .consumedCapacity();
    assertEquals(2, capacity.capacityUnits());
    assertEquals(2, capacity.table().capacityUnits());
    assertEquals(table, capacity.tableName());
    assertEquals(
        null, client.putItem(r -> r.tableName(table).item(item(1, 20))).consumedCapacity());
  }

  @Test
  void aTableNamedByArnIsReportedAsNamed() {
    String arn = client.describeTable(r -> r.tableName(table)).table().tableArn();
    assertEquals(
        arn,
        client
            .putItem(r -> r.tableName(arn).item(item(1, 20)).returnConsumedCapacity(TOTAL))
            .consumedCapacity()
            .tableName());
  }

  @Test
  void aFailedConditionWritesNothing() {
    put(1, 20);
    assertThrows(
        ConditionalCheckFailedException.class,
        () ->
            client.putItem(r ->
                r.tableName(table)
                    .item(item(1, 5000))
                    .conditionExpression("attribute_not_exists(p)")));
    assertEquals(1, get(1, true));
  }

  @Test
  void aPageIsAtMostOneMegabyte() {
    int bytes = 100_000;
    for (int s = 1; s <= 25; s++) {
      put(s, bytes);
    }
    var first =
        client.query(r ->
            r.tableName(table)
                .keyConditionExpression("p = :p")
                .expressionAttributeValues(Map.of(":p", Values.string("p")))
                .returnConsumedCapacity(TOTAL));
    // The item that passes 1 MB is the last of its page.
    assertEquals(11, first.count());
    assertEquals(key(11), first.lastEvaluatedKey());
    assertEquals(Math.ceil(11 * bytes / 4096.0) / 2, first.consumedCapacity().capacityUnits());
    var filtered =
        client.query(r ->
            r.tableName(table)
                .keyConditionExpression("p = :p")
                .filterExpression("attribute_not_exists(x)")
                .expressionAttributeValues(Map.of(":p", Values.string("p"))));
    assertEquals(0, filtered.count());
    assertEquals(11, filtered.scannedCount(), "a page counts what was read, not what was found");
    assertEquals(key(11), filtered.lastEvaluatedKey());
    assertEquals(25, client.scanPaginator(r -> r.tableName(table)).items().stream().count());
    var scanned = client.scan(r -> r.tableName(table));
    assertEquals(11, scanned.count());
    assertEquals(key(11), scanned.lastEvaluatedKey());
  }
}
