package dev.partita.conformance;

import static dev.partita.conformance.Values.item;
import static dev.partita.conformance.Values.number;
import static dev.partita.conformance.Values.string;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.reference.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** A server that behaves badly on request, over one group and over several. */
@ExtendWith(SharedServer.class)
@ParameterizedClass
@ValueSource(ints = {1, 4})
@Timeout(120)
class TestControlsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DynamoDbClient client;
  private final Admin admin;
  private final Server plain;
  private final Server server;

  TestControlsTest(int groups, SharedServer.OfGroups servers, Server plain) {
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
  private String indexed() {
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

  private void put(String table, String p, int s) {
    client.putItem(r ->
        r.tableName(table)
            .item(item("p", string(p), "s", number(s), "x", number(s), "y", string("y" + p))));
  }

  private QueryResponse query(String table, String index, String condition, String value) {
    return client.query(r ->
        r.tableName(table)
            .indexName(index)
            .keyConditionExpression(condition)
            .expressionAttributeValues(Map.of(":v", string(value))));
  }

  private int global(String table, String p) {
    return query(table, "byY", "y = :v", "y" + p).count();
  }

  private static void await(String what, BooleanSupplier holds) {
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

  @Test
  void aServerWithoutControlsSaysHowToHaveThem() {
    RawClient.Answer answer = new Admin(plain).post("test-controls/stale-reads", "{'Lag':'hold'}");
    assertEquals(404, answer.status());
    assertTrue(answer.text().contains("--test-controls"), answer.text());
    assertTrue(server.process().output().stream().anyMatch(line -> line.startsWith("test ")));
  }

  @Test
  void theNextRequestsAreThrottled() {
    String table = Tables.withPartitionKey(client);
    admin.control("fail", "'TableName':'" + table + "','Error':'throttle','Count':2");
    ThrottlingException throttled =
        assertThrows(
            ThrottlingException.class,
            () -> client.putItem(r -> r.tableName(table).item(Actions.key("a"))));
    assertTrue(
        throttled.awsErrorDetails().errorMessage().startsWith("Throughput exceeds the current"),
        throttled.getMessage());
    assertEquals(
        "TableWriteKeyRangeThroughputExceeded", throttled.throttlingReasons().get(0).reason());
    RawClient.Answer read = server.raw().post("Scan", "{'TableName':'" + table + "'}");
    assertEquals(400, read.status());
    assertTrue(read.text().contains("TableReadKeyRangeThroughputExceeded"), read.text());
    client.putItem(r -> r.tableName(table).item(Actions.key("a")));
    assertEquals(1, client.scan(r -> r.tableName(table)).count());
  }

  @Test
  void aTableWithProvisionedThroughputIsThrottledInItsWords() {
    String table = Tables.name();
    client.createTable(
        Tables.request(table, ScalarAttributeType.S)
            .billingMode("PROVISIONED")
            .provisionedThroughput(p -> p.readCapacityUnits(1L).writeCapacityUnits(1L))
            .build());
    client.waiter().waitUntilTableExists(r -> r.tableName(table));
    admin.control("fail", "'TableName':'" + table + "','Error':'throttle'");
    ProvisionedThroughputExceededException throttled =
        assertThrows(
            ProvisionedThroughputExceededException.class,
            () -> client.getItem(r -> r.tableName(table).key(Actions.key("a"))));
    assertEquals(
        "TableReadProvisionedThroughputExceeded", throttled.throttlingReasons().get(0).reason());
    assertTrue(throttled.throttlingReasons().get(0).resource().endsWith(":table/" + table));
  }

  @Test
  void onlyTheNamedOperationFails() {
    String table = Tables.withPartitionKey(client);
    String other = Tables.withPartitionKey(client);
    admin.control("fail", "'TableName':'" + table + "','Error':'error','Operation':'BatchGetItem'");
    client.putItem(r -> r.tableName(table).item(Actions.key("a")));
    var keys = KeysAndAttributes.builder().keys(List.of(Actions.key("a"))).build();
    client.batchGetItem(r -> r.requestItems(Map.of(other, keys)));
    assertThrows(
        InternalServerErrorException.class,
        () -> client.batchGetItem(r -> r.requestItems(Map.of(other, keys, table, keys))));
    client.batchGetItem(r -> r.requestItems(Map.of(other, keys, table, keys)));
  }

  @Test
  void anErrorLeavesOpenWhetherTheWriteHappened() {
    String table = Tables.withPartitionKey(client);
    admin.control("fail", "'TableName':'" + table + "','Error':'error-before'");
    assertThrows(
        InternalServerErrorException.class,
        () -> client.putItem(r -> r.tableName(table).item(Actions.key("a"))));
    assertFalse(exists(table, "a"));

    admin.control(
        "fail", "'TableName':'" + table + "','Error':'error-after','Operation':'PutItem'");
    client.putItem(r -> r.tableName(Tables.withPartitionKey(client)).item(Actions.key("a")));
    // What fails by itself has done nothing and uses nothing up.
    assertThrows(
        ConditionalCheckFailedException.class,
        () ->
            client.putItem(r ->
                r.tableName(table)
                    .item(Actions.key("b"))
                    .conditionExpression("attribute_exists(p)")));
    assertThrows(
        InternalServerErrorException.class,
        () -> client.putItem(r -> r.tableName(table).item(Actions.key("a"))));
    assertTrue(exists(table, "a"));
    client.putItem(r -> r.tableName(table).item(Actions.key("b")));
  }

  private boolean exists(String table, String p) {
    return client
        .getItem(r -> r.tableName(table).key(Actions.key(p)).consistentRead(true))
        .hasItem();
  }

  @Test
  void writesMeetTransactionsThatAreNotThere() {
    String table = Tables.withPartitionKey(client);
    String other = Tables.withPartitionKey(client);
    admin.control("fail", "'TableName':'" + table + "','Error':'conflict','Count':3");
    client.getItem(r -> r.tableName(table).key(Actions.key("a")));
    assertThrows(
        TransactionConflictException.class,
        () -> client.putItem(r -> r.tableName(table).item(Actions.key("a"))));
    TransactionCanceledException canceled =
        assertThrows(
            TransactionCanceledException.class,
            () ->
                client.transactWriteItems(
                    r -> r.transactItems(Actions.count(other, "a"), Actions.count(table, "a"))));
    assertEquals(
        List.of("None", "TransactionConflict"),
        canceled.cancellationReasons().stream().map(CancellationReason::code).toList());
    assertThrows(
        TransactionCanceledException.class,
        () -> client.transactGetItems(r -> r.transactItems(Actions.get(table, "a"))));
    client.transactWriteItems(
        r -> r.transactItems(Actions.count(other, "a"), Actions.count(table, "a")));
  }

  @Test
  void throttledTransactionsAreCanceled() {
    String table = Tables.withPartitionKey(client);
    admin.control("fail", "'TableName':'" + table + "','Error':'throttle'");
    TransactionCanceledException canceled =
        assertThrows(
            TransactionCanceledException.class,
            () -> client.transactWriteItems(r -> r.transactItems(Actions.count(table, "a"))));
    assertEquals("ThrottlingError", canceled.cancellationReasons().get(0).code());
    assertFalse(exists(table, "a"));
  }

  @Test
  void failuresCanBeTakenBack() {
    String table = Tables.withPartitionKey(client);
    admin.control("fail", "'TableName':'" + table + "','Error':'error','Count':5");
    admin.control("fail", "'TableName':'" + table + "','Error':'error','Count':0");
    client.putItem(r -> r.tableName(table).item(Actions.key("a")));
  }

  @Test
  void eventuallyConsistentReadsSeeThePast() {
    String table = indexed();
    put(table, "a", 1);
    admin.control("stale-reads", "'Lag':'hold'");
    put(table, "a", 2);
    client.deleteItem(r -> r.tableName(table).key(key("a", 1)));

    assertTrue(get(table, 1, false));
    assertFalse(get(table, 2, false));
    assertFalse(get(table, 1, true));
    assertTrue(get(table, 2, true));
    assertEquals(List.of(1L), seen(table, false));
    assertEquals(List.of(2L), seen(table, true));
    assertEquals(
        List.of("1"),
        query(table, "byX", "p = :v", "a").items().stream()
            .map(found -> Values.of(found, "s").n())
            .toList());
    assertEquals(1, client.scan(r -> r.tableName(table)).count());
    assertEquals("1", Values.of(client.scan(r -> r.tableName(table)).items().get(0), "s").n());
    assertEquals(1, batch(table, false));
    assertEquals(1, batch(table, true));
    assertTrue(
        client
            .transactGetItems(r ->
                r.transactItems(
                    TransactGetItem.builder()
                        .get(g -> g.tableName(table).key(key("a", 2)))
                        .build()))
            .responses()
            .get(0)
            .hasItem());

    admin.control("stale-reads", "'Lag':'off'");
    assertTrue(get(table, 2, false));
    assertEquals(List.of(2L), seen(table, false));
  }

  private static Map<String, AttributeValue> key(String p, int s) {
    return item("p", string(p), "s", number(s));
  }

  private boolean get(String table, int s, boolean consistent) {
    return client
        .getItem(r -> r.tableName(table).key(key("a", s)).consistentRead(consistent))
        .hasItem();
  }

  private List<Long> seen(String table, boolean consistent) {
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

  private int batch(String table, boolean consistent) {
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

  @Test
  void staleReadsCatchUpAfterTheirLag() {
    String table = indexed();
    admin.control("stale-reads", "'Lag':'400ms'");
    Instant before = Instant.now();
    put(table, "a", 1);
    assertFalse(get(table, 1, false));
    await("the item is seen", () -> get(table, 1, false));
    Duration seenAfter = Duration.between(before, Instant.now());
    assertTrue(seenAfter.toMillis() >= 400, "seen after " + seenAfter);
    // The lag goes on.
    Instant again = Instant.now();
    put(table, "a", 2);
    assertFalse(get(table, 2, false));
    await("the item is seen", () -> get(table, 2, false));
    assertTrue(Duration.between(again, Instant.now()).toMillis() >= 400);
  }

  @Test
  void globalIndexesLag() {
    String table = indexed();
    admin.control("delay-indexes", "'TableName':'" + table + "','Delay':'hold'");
    put(table, "a", 1);
    assertEquals(List.of(1L), seen(table, false));
    assertEquals(0, global(table, "a"));
    admin.control("delay-indexes", "'TableName':'" + table + "','Delay':'release'");
    await("the row is seen", () -> global(table, "a") == 1);

    admin.control("delay-indexes", "'TableName':'" + table + "','Delay':'300ms'");
    Instant before = Instant.now();
    put(table, "b", 1);
    assertEquals(0, global(table, "b"));
    await("the row is seen", () -> global(table, "b") == 1);
    assertTrue(Duration.between(before, Instant.now()).toMillis() >= 300);
  }

  @Test
  void transactionsStandStillWhileTheyHoldTheirItems() throws Exception {
    String table = Tables.withPartitionKey(client);
    String free = Tables.withPartitionKey(client);
    admin.control("hold-transactions", "'TableName':'" + table + "'");
    client.putItem(r -> r.tableName(table).item(Actions.key("a")));
    CompletableFuture<Void> held =
        CompletableFuture.runAsync(() ->
            client.transactWriteItems(r ->
                r.transactItems(
                    Actions.count(table, "a"),
                    Actions.count(table, "b"),
                    Actions.count(free, "a"))));
    await("a transaction stands still", () -> heldTransactions().equals("1"));
    assertEquals("TransactionConflict", error(() -> write(table, "b")));
    assertFalse(exists(table, "b"));
    assertEquals("TransactionConflict", error(() -> write(free, "a")));
    write(table, "c");
    client.transactWriteItems(r -> r.transactItems(Actions.count(free, "z")));
    assertFalse(held.isDone());
    Json.ObjectOf released = admin.control("release-transactions", "'TableName':'" + table + "'");
    assertEquals(Json.number(1), released.member("ReleasedTransactions").orElseThrow());
    held.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertTrue(exists(table, "b"));
    write(table, "b");
  }

  private String heldTransactions() {
    return admin
        .get("test-controls")
        .json()
        .member("HeldTransactions")
        .map(found -> ((Json.Numeral) found).number().toPlainString())
        .orElse("");
  }

  private void write(String table, String p) {
    client.updateItem(r ->
        r.tableName(table)
            .key(Actions.key(p))
            .updateExpression("SET m = :m")
            .conditionExpression("attribute_not_exists(never)")
            .expressionAttributeValues(Map.of(":m", number(1))));
  }

  private static String error(Runnable request) {
    try {
      request.run();
      return "";
    } catch (DynamoDbException failed) {
      return failed.awsErrorDetails().errorCode().replace("Exception", "");
    }
  }

  @Test
  void theClockOfTimeToLiveMoves() {
    String table = Tables.withPartitionKey(client);
    client.updateTimeToLive(
        r -> r.tableName(table).timeToLiveSpecification(t -> t.enabled(true).attributeName("e")));
    await(
        "time to live is enabled",
        () ->
            client
                    .describeTimeToLive(r -> r.tableName(table))
                    .timeToLiveDescription()
                    .timeToLiveStatus()
                == TimeToLiveStatus.ENABLED);
    Json.ObjectOf clock = admin.control("shift-clock", "'By':'1s'");
    long now = Instant.parse(clock.text("Clock").orElseThrow()).getEpochSecond();
    client.putItem(r -> r.tableName(table).item(item("p", string("a"), "e", number(now + 3_600))));
    client.putItem(
        r -> r.tableName(table).item(item("p", string("b"), "e", number(now + 360_000))));
    admin.control("expire-now", "'TableName':'" + table + "'");
    assertTrue(exists(table, "a"));
    admin.control("shift-clock", "'By':'25h'");
    admin.control("expire-now", "'TableName':'" + table + "'");
    assertFalse(exists(table, "a"));
    assertTrue(exists(table, "b"));
  }

  @Test
  void shardsRoll() {
    String table = indexed();
    put(table, "a", 1);
    int before = shards(table);
    admin.control("roll-shards", "'TableName':'" + table + "'");
    assertEquals(2 * before, shards(table));
    // As a query, for shells.
    RawClient.Answer answer = admin.post("test-controls/roll-shards?table=" + table, "");
    assertEquals(200, answer.status(), answer.text());
    assertEquals(3 * before, shards(table));
  }

  private int shards(String table) {
    String arn = client.describeTable(r -> r.tableName(table)).table().latestStreamArn();
    RawClient.Answer answer =
        server.raw().postToStreams("DescribeStream", "{'StreamArn':'" + arn + "'}");
    assertEquals(200, answer.status(), answer.text());
    return answer.text().split("\"ShardId\"", -1).length - 1;
  }

  @Test
  void tellsWhatIsSetAndTakesItBack() {
    String table = indexed();
    admin.control("fail", "'TableName':'" + table + "','Error':'error-after','Count':7");
    admin.control("stale-reads", "'Lag':'2s'");
    admin.control("delay-indexes", "'TableName':'" + table + "','Delay':'hold'");
    admin.control("hold-transactions", "'TableName':'" + table + "'");
    String set = admin.get("test-controls").text();
    for (String expected :
        List.of("error-after", "7", "2000ms", "\"" + table + "\" : \"held\"", "HeldTransactions")) {
      assertTrue(set.contains(expected), set);
    }
    admin.reset();
    String nothing = admin.get("test-controls").text();
    assertFalse(nothing.contains(table), nothing);
    assertTrue(nothing.contains("\"StaleReads\" : \"off\""), nothing);
    put(table, "a", 1);
    assertTrue(get(table, 1, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "fail            | 'TableName':'no-such-table','Error':'throttle' | 404 | there is no table",
        "fail            | 'TableName':'TABLE'                | 400 | the parameter Error is missing",
        "fail            | 'TableName':'TABLE','Error':'x'    | 400 | Error must be throttle, conflict",
        "fail            | 'TableName':'TABLE','Error':'throttle','Count':-1 | 400 | Count must be",
        "fail            | 'TableName':'TABLE','Error':'throttle','Operation':'x' | 400 | PutItem",
        "stale-reads     | 'Lag':'soon'                       | 400 | or hold or off",
        "stale-reads     | 'Lag':'11m'                        | 400 | Lag must be 0 to 10m",
        "delay-indexes   | 'TableName':'TABLE','Delay':'-1s'  | 400 | Delay must be 0 to",
        "shift-clock     | 'By':'1y'                          | 400 | By must be a time such as",
        "shift-clock     | 'By':'9999d'                       | 400 | By must be at most",
        "expire-now      | 'TableName':'TABLE'                | 409 | time to live is not enabled",
        "roll-shards     | 'TableName':'TABLE'                | 409 | has no enabled stream",
        "nothing         |                                    | 404 | test-controls/fail"
      })
  void saysWhatIsWrong(String name, String parameters, int status, String expected) {
    String table = Tables.withPartitionKey(client);
    String body = parameters == null ? "" : parameters.replace("TABLE", table);
    RawClient.Answer answer = admin.post("test-controls/" + name, "{" + body + "}");
    assertEquals(status, answer.status(), answer.text());
    assertTrue(answer.text().contains(expected), answer.text());
  }

  @Test
  void theCommandSetsThem() throws Exception {
    String table = Tables.withPartitionKey(client);
    CommandRun run =
        CommandRun.of(
            "admin",
            "fail",
            table,
            "throttle",
            "--operation",
            "GetItem",
            "--endpoint",
            server.address().toString());
    assertEquals(0, run.exitCode(), run.output());
    assertThrows(
        ThrottlingException.class,
        () -> client.getItem(r -> r.tableName(table).key(Actions.key("a"))));
  }
}
