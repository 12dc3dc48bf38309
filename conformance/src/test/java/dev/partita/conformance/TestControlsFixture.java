package dev.partita.conformance;

import static dev.partita.conformance.Values.item;
import static dev.partita.conformance.Values.number;
import static dev.partita.conformance.Values.string;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.reference.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** A server with test controls and what their tests ask of it. */
abstract class TestControlsFixture {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  final DynamoDbClient client;
  final Admin admin;
  final Server plain;
  final Server server;

  TestControlsFixture(int groups, SharedServer.OfGroups servers, Server plain) {
    this.server = servers.withTestControls(groups);
    this.client = server.sdk();
    this.admin = new Admin(server);
    this.plain = plain;
  }

  @AfterEach
  void takeBack() {
    admin.reset();
  }

  /** Keys p and s; local index byX of x, global index byY of y. */
  String indexed() {
    String table = Tables.name();
    RawClient.Answer created =
        server
            .raw()
            .post(
                "CreateTable",
                "{'TableName':'"
                    + table
                    + "','BillingMode':'PAY_PER_REQUEST',"
                    + "'KeySchema':[{'AttributeName':'p','KeyType':'HASH'},"
                    + "{'AttributeName':'s','KeyType':'RANGE'}],"
                    + "'AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'},"
                    + "{'AttributeName':'s','AttributeType':'N'},"
                    + "{'AttributeName':'x','AttributeType':'N'},"
                    + "{'AttributeName':'y','AttributeType':'S'}],"
                    + "'LocalSecondaryIndexes':[{'IndexName':'byX','KeySchema':["
                    + "{'AttributeName':'p','KeyType':'HASH'},"
                    + "{'AttributeName':'x','KeyType':'RANGE'}],"
                    + "'Projection':{'ProjectionType':'ALL'}}],"
                    + "'GlobalSecondaryIndexes':[{'IndexName':'byY','KeySchema':["
                    + "{'AttributeName':'y','KeyType':'HASH'}],"
                    + "'Projection':{'ProjectionType':'ALL'}}],"
                    + "'StreamSpecification':{'StreamEnabled':true,"
                    + "'StreamViewType':'KEYS_ONLY'}}");
    assertEquals(200, created.status(), created.text());
    client.waiter().waitUntilTableExists(r -> r.tableName(table));
    return table;
  }

  void put(String table, String p, int s) {
    client.putItem(r ->
        r.tableName(table)
            .item(item("p", string(p), "s", number(s), "x", number(s), "y", string("y" + p))));
  }

  QueryResponse query(String table, String index, String condition, String value) {
    return client.query(r ->
        r.tableName(table)
            .indexName(index)
            .keyConditionExpression(condition)
            .expressionAttributeValues(Map.of(":v", string(value))));
  }

  int global(String table, String p) {
    return query(table, "byY", "y = :v", "y" + p).count();
  }

  static void await(String what, BooleanSupplier holds) {
    Instant start = Instant.now();
    while (!holds.getAsBoolean()) {
      assertTrue(Duration.between(start, Instant.now()).compareTo(PATIENCE) < 0, what);
      try {
        Thread.sleep(10);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }
  }

  boolean exists(String table, String p) {
    return client
        .getItem(r -> r.tableName(table).key(Actions.key(p)).consistentRead(true))
        .hasItem();
  }

  static Map<String, AttributeValue> key(String p, int s) {
    return item("p", string(p), "s", number(s));
  }

  boolean get(String table, int s, boolean consistent) {
    return client
        .getItem(r -> r.tableName(table).key(key("a", s)).consistentRead(consistent))
        .hasItem();
  }

  List<Long> seen(String table, boolean consistent) {
    return client
        .query(r ->
            r.tableName(table)
                .consistentRead(consistent)
                .keyConditionExpression("p = :v")
                .expressionAttributeValues(Map.of(":v", string("a"))))
        .items()
        .stream()
        .map(found -> Long.parseLong(Values.of(found, "s").n()))
        .toList();
  }

  int batch(String table, boolean consistent) {
    KeysAndAttributes keys =
        KeysAndAttributes.builder()
            .consistentRead(consistent)
            .keys(List.of(key("a", consistent ? 2 : 1)))
            .build();
    return client
        .batchGetItem(r -> r.requestItems(Map.of(table, keys)))
        .responses()
        .getOrDefault(table, List.of())
        .size();
  }

  String heldTransactions() {
    return admin
        .get("test-controls")
        .json()
        .member("HeldTransactions")
        .map(found -> ((Json.Numeral) found).number().toPlainString())
        .orElse("");
  }

  void write(String table, String p) {
    client.updateItem(r ->
        r.tableName(table)
            .key(Actions.key(p))
            .updateExpression("SET m = :m")
            .conditionExpression("attribute_not_exists(never)")
            .expressionAttributeValues(Map.of(":m", number(1))));
  }

  static String error(Runnable request) {
    try {
      request.run();
      return "";
    } catch (DynamoDbException failed) {
      return failed.awsErrorDetails().errorCode().replace("Exception", "");
    }
  }

  int shards(String table) {
    String arn = client.describeTable(r -> r.tableName(table)).table().latestStreamArn();
    RawClient.Answer answer =
        server.raw().postToStreams("DescribeStream", "{'StreamArn':'" + arn + "'}");
    assertEquals(200, answer.status(), answer.text());
    return answer.text().split("\"ShardId\"", -1).length - 1;
  }
}
