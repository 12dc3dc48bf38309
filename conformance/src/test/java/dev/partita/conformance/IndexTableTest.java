package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** Tables with indexes, streams and time to live, from their creation to their end. */
@ExtendWith(SharedServer.class)
class IndexTableTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DynamoDbClient client;

  IndexTableTest(Server server) {
    this.client = server.sdk();
  }

  private TableDescription describe(String table) {
    return client.describeTable(r -> r.tableName(table)).table();
  }

  private TableDescription await(String table, Predicate<TableDescription> holds) {
    Instant start = Instant.now();
    TableDescription description = describe(table);
    while (!holds.test(description)) {
      assertTrue(Duration.between(start, Instant.now()).compareTo(PATIENCE) < 0, "" + description);
      try {
        Thread.sleep(20);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
      description = describe(table);
    }
    return description;
  }

  private static boolean isSettled(TableDescription table) {
    return table.tableStatus() == TableStatus.ACTIVE
        && table.globalSecondaryIndexes().stream()
            .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE);
  }

  private TableDescription update(String table, Consumer<UpdateTableRequest.Builder> change) {
    UpdateTableRequest.Builder request = UpdateTableRequest.builder().tableName(table);
    change.accept(request);
    return client.updateTable(request.build()).tableDescription();
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static Projection projection(ProjectionType type, String... names) {
    Projection.Builder projection = Projection.builder().projectionType(type);
    return names.length == 0 ? projection.build() : projection.nonKeyAttributes(names).build();
  }

  private static GlobalSecondaryIndexUpdate throughput(
      String index, ProvisionedThroughput throughput) {
    return GlobalSecondaryIndexUpdate.builder()
        .update(u -> u.indexName(index).provisionedThroughput(throughput))
        .build();
  }

  private static GlobalSecondaryIndex global(String name, KeySchemaElement... key) {
    return GlobalSecondaryIndex.builder()
        .indexName(name)
        .keySchema(key)
        .projection(projection(ProjectionType.ALL))
        .build();
  }

  private void put(String table, int number) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("p", Values.string("p" + number));
    item.put("x", Values.string("x" + number % 3));
    item.put("n", AttributeValue.fromN("" + number));
    client.putItem(r -> r.tableName(table).item(item));
  }

  private int count(String table, String index, String x) {
    return client
        .query(r ->
            r.tableName(table)
                .indexName(index)
                .keyConditionExpression("x = :x")
                .expressionAttributeValues(Map.of(":x", Values.string(x))))
        .count();
  }

  @Test
  void everythingIsDescribed() {
    String table = Tables.name();
    TableDescription answer =
        client
            .createTable(r ->
                r.tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                        attribute("s", ScalarAttributeType.S),
                        attribute("p", ScalarAttributeType.S),
                        attribute("n", ScalarAttributeType.N),
                        attribute("b", ScalarAttributeType.B))
                    .keySchema(key("p", KeyType.HASH), key("s", KeyType.RANGE))
                    .localSecondaryIndexes(
                        LocalSecondaryIndex.builder()
                            .indexName("local")
                            .keySchema(key("p", KeyType.HASH), key("n", KeyType.RANGE))
                            .projection(projection(ProjectionType.INCLUDE, "z", "y"))
                            .build())
                    .globalSecondaryIndexes(
                        global(
                            "wide",
                            key("n", KeyType.HASH),
                            key("b", KeyType.HASH),
                            key("p", KeyType.RANGE),
                            key("s", KeyType.RANGE)),
                        global("narrow", key("b", KeyType.HASH)))
                    .streamSpecification(
                        s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)))
            .tableDescription();
    assertEquals(TableStatus.CREATING, answer.tableStatus());
    GlobalSecondaryIndexDescription creating = answer.globalSecondaryIndexes().getFirst();
    assertEquals(IndexStatus.CREATING, creating.indexStatus());
    assertNull(creating.backfilling());
    TableDescription described = await(table, IndexTableTest::isSettled);
    assertEquals(
        List.of("b", "n", "p", "s"),
        described.attributeDefinitions().stream().map(AttributeDefinition::attributeName).toList());
    LocalSecondaryIndexDescription local = described.localSecondaryIndexes().getFirst();
    assertEquals("local", local.indexName());
    assertEquals(List.of(key("p", KeyType.HASH), key("n", KeyType.RANGE)), local.keySchema());
    assertEquals(projection(ProjectionType.INCLUDE, "y", "z"), local.projection());
    assertEquals(described.tableArn() + "/index/local", local.indexArn());
    assertEquals(
        List.of("wide", "narrow"),
        described.globalSecondaryIndexes().stream()
            .map(GlobalSecondaryIndexDescription::indexName)
            .toList());
    GlobalSecondaryIndexDescription wide = described.globalSecondaryIndexes().getFirst();
    assertEquals(4, wide.keySchema().size());
    assertEquals(KeyType.RANGE, wide.keySchema().getLast().keyType());
    assertNull(wide.backfilling());
    assertEquals(0, wide.provisionedThroughput().readCapacityUnits());
    assertEquals(0, wide.provisionedThroughput().numberOfDecreasesToday());
    assertEquals(12_000, wide.warmThroughput().readUnitsPerSecond());
    assertEquals(described.tableArn() + "/index/wide", wide.indexArn());
    assertEquals(0, wide.itemCount());
    assertTrue(described.streamSpecification().streamEnabled());
    assertEquals(StreamViewType.NEW_IMAGE, described.streamSpecification().streamViewType());
    assertTrue(described.latestStreamLabel().matches("\\d{4}-\\d\\d-\\d\\dT[0-9:]{8}\\.\\d{3}"));
    assertEquals(
        described.tableArn() + "/stream/" + described.latestStreamLabel(),
        described.latestStreamArn());
    TableDescription deleting = client.deleteTable(r -> r.tableName(table)).tableDescription();
    assertFalse(deleting.hasGlobalSecondaryIndexes() || deleting.hasLocalSecondaryIndexes());
  }

  @Test
  void anIndexIsAddedToATableWithItems() {
    String table = Tables.withPartitionKey(client);
    for (int i = 0; i < 90; i++) {
      put(table, i);
    }
    TableDescription answer =
        update(
            table,
            r ->
                r.attributeDefinitions(
                        attribute("x", ScalarAttributeType.S),
                        attribute("unused", ScalarAttributeType.N))
                    .globalSecondaryIndexUpdates(
                        GlobalSecondaryIndexUpdate.builder()
                            .create(c ->
                                c.indexName("byX")
                                    .keySchema(key("x", KeyType.HASH))
                                    .projection(projection(ProjectionType.KEYS_ONLY)))
                            .build()));
    assertEquals(TableStatus.UPDATING, answer.tableStatus());
    assertEquals(IndexStatus.CREATING, answer.globalSecondaryIndexes().getFirst().indexStatus());
    assertEquals(false, answer.globalSecondaryIndexes().getFirst().backfilling());
    put(table, 90);
    TableDescription settled = await(table, IndexTableTest::isSettled);
    assertEquals(
        List.of("p", "x"),
        settled.attributeDefinitions().stream().map(AttributeDefinition::attributeName).toList());
    assertNull(settled.globalSecondaryIndexes().getFirst().backfilling());
    await(table, now -> now.globalSecondaryIndexes().getFirst().itemCount() == 91);
    assertEquals(31, count(table, "byX", "x0"));
    TableDescription deleting =
        update(
            table,
            r ->
                r.globalSecondaryIndexUpdates(
                    GlobalSecondaryIndexUpdate.builder().delete(d -> d.indexName("byX")).build()));
    assertEquals(IndexStatus.DELETING, deleting.globalSecondaryIndexes().getFirst().indexStatus());
    TableDescription gone = await(table, now -> !now.hasGlobalSecondaryIndexes());
    assertEquals(TableStatus.ACTIVE, gone.tableStatus());
    assertEquals(1, gone.attributeDefinitions().size());
    assertEquals(91, gone.itemCount());
  }

  @Test
  void throughputOfAnIndexIsItsOwn() {
    String table = Tables.name();
    ProvisionedThroughput units = units(5, 6);
    client.createTable(
        Tables.request(table, ScalarAttributeType.S, ScalarAttributeType.N)
            .billingMode((BillingMode) null)
            .provisionedThroughput(units)
            .globalSecondaryIndexes(
                global("byS", key("s", KeyType.HASH)).toBuilder()
                    .provisionedThroughput(units)
                    .build())
            .build());
    await(table, IndexTableTest::isSettled);
    TableDescription answer =
        update(table, r -> r.globalSecondaryIndexUpdates(throughput("byS", units(1, 7))));
    assertEquals(TableStatus.ACTIVE, answer.tableStatus());
    assertEquals(IndexStatus.UPDATING, answer.globalSecondaryIndexes().getFirst().indexStatus());
    GlobalSecondaryIndexDescription index =
        await(table, IndexTableTest::isSettled).globalSecondaryIndexes().getFirst();
    assertEquals(1, index.provisionedThroughput().readCapacityUnits());
    assertEquals(7, index.provisionedThroughput().writeCapacityUnits());
    assertNotNull(index.provisionedThroughput().lastIncreaseDateTime());
    assertEquals(5, index.warmThroughput().readUnitsPerSecond()); // Never falls.
    assertEquals(7, index.warmThroughput().writeUnitsPerSecond());
    update(table, r -> r.billingMode(BillingMode.PAY_PER_REQUEST));
    index = await(table, IndexTableTest::isSettled).globalSecondaryIndexes().getFirst();
    assertEquals(0, index.provisionedThroughput().readCapacityUnits());
    assertEquals(12_000, index.warmThroughput().readUnitsPerSecond());
    update(
        table,
        r ->
            r.billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(units)
                .globalSecondaryIndexUpdates(throughput("byS", units)));
    index = await(table, IndexTableTest::isSettled).globalSecondaryIndexes().getFirst();
    assertEquals(6, index.provisionedThroughput().writeCapacityUnits());
  }

  private static ProvisionedThroughput units(long read, long write) {
    return ProvisionedThroughput.builder()
        .readCapacityUnits(read)
        .writeCapacityUnits(write)
        .build();
  }

  @Test
  void aStreamIsEnabledDisabledAndEnabledAgain() {
    String table = Tables.withPartitionKey(client);
    assertNull(describe(table).latestStreamArn());
    TableDescription answer =
        update(
            table,
            r ->
                r.streamSpecification(
                    s -> s.streamEnabled(true).streamViewType(StreamViewType.KEYS_ONLY)));
    assertEquals(TableStatus.UPDATING, answer.tableStatus());
    String first = await(table, IndexTableTest::isSettled).latestStreamArn();
    update(table, r -> r.streamSpecification(s -> s.streamEnabled(false)));
    TableDescription disabled = await(table, IndexTableTest::isSettled);
    assertNull(disabled.streamSpecification());
    assertEquals(first, disabled.latestStreamArn());
    update(
        table,
        r ->
            r.streamSpecification(
                s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
    TableDescription again = await(table, IndexTableTest::isSettled);
    assertNotEquals(first, again.latestStreamArn());
    assertEquals(StreamViewType.NEW_AND_OLD_IMAGES, again.streamSpecification().streamViewType());
  }

  @Test
  void timeToLiveIsDescribed() {
    String table = Tables.withPartitionKey(client);
    assertEquals(
        TimeToLiveDescription.builder().timeToLiveStatus(TimeToLiveStatus.DISABLED).build(),
        timeToLive(table));
    put(table, 1);
    client.updateTimeToLive(
        r -> r.tableName(table).timeToLiveSpecification(t -> t.attributeName("n").enabled(true)));
    await(table, _ -> timeToLive(table).timeToLiveStatus() == TimeToLiveStatus.ENABLED);
    assertEquals("n", timeToLive(table).attributeName());
  }

  private TimeToLiveDescription timeToLive(String table) {
    return client.describeTimeToLive(r -> r.tableName(table)).timeToLiveDescription();
  }

  @Test
  void manyIndexesAreMadeAtOnce() {
    String table = Tables.name();
    client.createTable(
        Tables.request(table, ScalarAttributeType.S)
            .globalSecondaryIndexes(
                Stream.iterate(0, i -> i + 1)
                    .limit(20)
                    .map(i -> global("index-" + i, key("p", KeyType.HASH)))
                    .toList())
            .build());
    assertEquals(20, await(table, IndexTableTest::isSettled).globalSecondaryIndexes().size());
    put(table, 1);
    await(
        table,
        now -> now.globalSecondaryIndexes().stream().allMatch(index -> index.itemCount() == 1));
  }
}
