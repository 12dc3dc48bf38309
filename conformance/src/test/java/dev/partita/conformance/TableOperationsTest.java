package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsStatus;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Tables, tags and what is asked about them, with the AWS SDK. */
@ExtendWith(SharedServer.class)
class TableOperationsTest {
  private final DynamoDbClient client;
  private String table = "";

  TableOperationsTest(Server server) {
    this.client = server.sdk();
  }

  @BeforeEach
  void createTable() {
    table = Tables.withSortKey(client);
  }

  private TableDescription describe(String name) {
    return client.describeTable(request -> request.tableName(name)).table();
  }

  @Test
  void aNewTableIsDescribed() {
    String name = Tables.name();
    Instant before = Instant.now();
    TableDescription created =
        client
            .createTable(Tables.request(name, ScalarAttributeType.B, ScalarAttributeType.S).build())
            .tableDescription();
    assertTrue(
        List.of(TableStatus.CREATING, TableStatus.ACTIVE).contains(created.tableStatus()),
        created.tableStatusAsString());
    client.waiter().waitUntilTableExists(request -> request.tableName(name));
    TableDescription described = describe(name);
    assertEquals(TableStatus.ACTIVE, described.tableStatus());
    assertEquals(name, described.tableName());
    assertEquals("arn:aws:dynamodb:us-east-1:000000000000:table/" + name, described.tableArn());
    assertEquals(described.tableId(), UUID.fromString(described.tableId()).toString());
    assertEquals(created.tableId(), described.tableId());
    assertEquals(
        List.of("p HASH", "s RANGE"),
        described.keySchema().stream()
            .map(element -> element.attributeName() + " " + element.keyTypeAsString())
            .toList());
    assertEquals(KeyType.HASH, described.keySchema().getFirst().keyType());
    assertEquals(
        Map.of("p", ScalarAttributeType.B, "s", ScalarAttributeType.S),
        described.attributeDefinitions().stream()
            .collect(Collectors.toMap(d -> d.attributeName(), d -> d.attributeType())));
    assertEquals(BillingMode.PAY_PER_REQUEST, described.billingModeSummary().billingMode());
    assertEquals(0, described.provisionedThroughput().readCapacityUnits());
    assertEquals(0, described.provisionedThroughput().writeCapacityUnits());
    assertEquals(0, described.provisionedThroughput().numberOfDecreasesToday());
    assertEquals(0, described.itemCount());
    assertEquals(0, described.tableSizeBytes());
    assertFalse(described.deletionProtectionEnabled());
    assertFalse(described.hasGlobalSecondaryIndexes());
    assertFalse(described.hasLocalSecondaryIndexes());
    assertNull(described.sseDescription());
    assertNull(described.latestStreamArn());
    assertTrue(
        Duration.between(before, described.creationDateTime()).abs().toSeconds() < 60,
        described.creationDateTime().toString());
  }

  @Test
  void aTableIsCountedAndMeasured() {
    client.putItem(r ->
        r.tableName(table).item(Values.item("p", Values.string("aé"), "s", Values.number(100))));
    client.putItem(r ->
        r.tableName(table)
            .item(
                Values.item(
                    "p",
                    Values.string("b"),
                    "s",
                    Values.number(7),
                    "flag",
                    AttributeValue.fromBool(true))));
    TableDescription described = describe(table);
    assertEquals(2, described.itemCount());
    // p + "aé" in UTF-8 and s + 1 + one pair of digits; p + b, s + 2, flag + 1.
    assertEquals(1 + 3 + 1 + 2 + 1 + 1 + 1 + 2 + 4 + 1, described.tableSizeBytes());
    client.deleteItem(
        r -> r.tableName(table).key(Values.item("p", Values.string("b"), "s", Values.number(7))));
    assertEquals(1, describe(table).itemCount());
    assertEquals(7, describe(table).tableSizeBytes());
  }

  @Test
  void aTableThatExistsCannotBeCreated() {
    ResourceInUseException refused =
        assertThrows(
            ResourceInUseException.class,
            () -> client.createTable(Tables.request(table, ScalarAttributeType.S).build()));
    assertEquals(400, refused.statusCode());
    assertEquals("Table already exists: " + table, refused.awsErrorDetails().errorMessage());
  }

  @Test
  void aDeletedTableIsGone() {
    client.putItem(
        r -> r.tableName(table).item(Values.item("p", Values.string("x"), "s", Values.number(1))));
    String id = describe(table).tableId();
    TableDescription going =
        client.deleteTable(request -> request.tableName(table)).tableDescription();
    assertEquals(TableStatus.DELETING, going.tableStatus());
    client.waiter().waitUntilTableNotExists(request -> request.tableName(table));
    ResourceNotFoundException missing =
        assertThrows(ResourceNotFoundException.class, () -> describe(table));
    assertEquals(
        "Requested resource not found: Table: " + table + " not found",
        missing.awsErrorDetails().errorMessage());
    assertThrows(
        ResourceNotFoundException.class, () -> client.scan(request -> request.tableName(table)));
    client.createTable(Tables.request(table, ScalarAttributeType.S, ScalarAttributeType.N).build());
    client.waiter().waitUntilTableExists(request -> request.tableName(table));
    assertEquals(0, client.scan(request -> request.tableName(table)).count(), "it was not empty");
    assertEquals(0, describe(table).itemCount());
    assertFalse(id.equals(describe(table).tableId()));
  }

  @Test
  void aProtectedTableCannotBeDeleted() {
    client.updateTable(r -> r.tableName(table).deletionProtectionEnabled(true));
    client.waiter().waitUntilTableExists(request -> request.tableName(table));
    DynamoDbException refused =
        assertThrows(DynamoDbException.class, () -> client.deleteTable(r -> r.tableName(table)));
    assertEquals("ValidationException", refused.awsErrorDetails().errorCode());
    assertEquals(
        "Resource cannot be deleted as it is currently protected against deletion. Disable"
            + " deletion protection first.",
        refused.awsErrorDetails().errorMessage());
    client.updateTable(r -> r.tableName(table).deletionProtectionEnabled(false));
    client.waiter().waitUntilTableExists(request -> request.tableName(table));
    client.deleteTable(r -> r.tableName(table));
  }

  @Test
  void tablesAreListedInOrderAndPageByPage() {
    String prefix = "list-" + UUID.randomUUID() + "-";
    List<String> names = IntStream.range(0, 5).mapToObj(i -> prefix + i).toList();
    for (String name : names.reversed()) {
      client.createTable(Tables.request(name, ScalarAttributeType.S).build());
    }
    List<String> listed = new ArrayList<>();
    String start = prefix;
    do {
      String from = start;
      ListTablesResponse page =
          client.listTables(request -> request.limit(2).exclusiveStartTableName(from));
      assertTrue(page.tableNames().size() <= 2);
      listed.addAll(page.tableNames());
      start = page.lastEvaluatedTableName();
    } while (start != null && !listed.containsAll(names));
    assertEquals(names, listed.stream().filter(name -> name.startsWith(prefix)).toList());
    List<String> all =
        client.listTablesPaginator(request -> request.limit(3)).tableNames().stream().toList();
    assertTrue(all.containsAll(names));
    assertEquals(all.stream().sorted().distinct().toList(), all);
    assertNull(client.listTables(r -> r.exclusiveStartTableName("zzzz")).lastEvaluatedTableName());
  }

  @Test
  void aTableIsNamedByItsArnToo() {
    String arn = describe(table).tableArn();
    Map<String, AttributeValue> item = Values.item("p", Values.string("x"), "s", Values.number(1));
    client.putItem(r -> r.tableName(arn).item(item));
    assertEquals(item, client.getItem(r -> r.tableName(table).key(item)).item());
    assertEquals(item, client.getItem(r -> r.tableName(arn).key(item)).item());
    assertEquals(1, client.scan(r -> r.tableName(arn)).count());
    assertEquals(
        1,
        client
            .query(r ->
                r.tableName(arn)
                    .keyConditionExpression("p = :p")
                    .expressionAttributeValues(Map.of(":p", Values.string("x"))))
            .count());
    assertEquals(table, describe(arn).tableName());
    client.updateItem(r -> r.tableName(arn).key(item));
    client.updateTable(r -> r.tableName(arn).deletionProtectionEnabled(false));
    client.waiter().waitUntilTableExists(r -> r.tableName(arn));
    client.batchGetItem(
        r -> r.requestItems(Map.of(arn, KeysAndAttributes.builder().keys(List.of(item)).build())));
    client.describeTimeToLive(r -> r.tableName(arn));
    client.describeContinuousBackups(r -> r.tableName(arn));
    client.deleteItem(r -> r.tableName(arn).key(item));
    client.deleteTable(r -> r.tableName(arn));
  }

  @Test
  void tagsAreSetListedAndRemoved() {
    String arn = describe(table).tableArn();
    client.tagResource(
        r -> r.resourceArn(arn).tags(tag("one", "1"), tag("two", "2"), tag("empty", "")));
    client.tagResource(r -> r.resourceArn(arn).tags(tag("two", "zwei")));
    client.untagResource(r -> r.resourceArn(arn).tagKeys("one", "unknown"));
    assertEquals(
        Map.of("two", "zwei", "empty", ""),
        client.listTagsOfResource(r -> r.resourceArn(arn)).tags().stream()
            .collect(Collectors.toMap(Tag::key, Tag::value)));
    ResourceNotFoundException missing =
        assertThrows(
            ResourceNotFoundException.class,
            () -> client.tagResource(r -> r.resourceArn(arn + "x").tags(tag("a", "b"))));
    assertEquals(400, missing.statusCode());
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void limitsEndpointsExpiryAndBackupsAreDescribed() {
    assertTrue(client.describeLimits().tableMaxReadCapacityUnits() >= 40_000);
    assertTrue(client.describeLimits().accountMaxWriteCapacityUnits() >= 40_000);
    assertEquals(1, client.describeEndpoints().endpoints().size());
    assertTrue(client.describeEndpoints().endpoints().getFirst().cachePeriodInMinutes() > 0);
    assertNotNull(client.describeEndpoints().endpoints().getFirst().address());
    assertEquals(
        TimeToLiveStatus.DISABLED,
        client
            .describeTimeToLive(r -> r.tableName(table))
            .timeToLiveDescription()
            .timeToLiveStatus());
    var backups =
        client.describeContinuousBackups(r -> r.tableName(table)).continuousBackupsDescription();
    // AWS keeps continuous backups ready on every table; recovery is what is enabled.
    assertTrue(
        List.of(ContinuousBackupsStatus.ENABLED, ContinuousBackupsStatus.DISABLED)
            .contains(backups.continuousBackupsStatus()));
    assertEquals(
        PointInTimeRecoveryStatus.DISABLED,
        backups.pointInTimeRecoveryDescription().pointInTimeRecoveryStatus());
    assertThrows(
        TableNotFoundException.class,
        () -> client.describeContinuousBackups(r -> r.tableName(Tables.name())));
    assertThrows(
        ResourceNotFoundException.class,
        () -> client.describeTimeToLive(r -> r.tableName(Tables.name())));
  }
}
