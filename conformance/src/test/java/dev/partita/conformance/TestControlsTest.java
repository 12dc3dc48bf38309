package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Test controls: forced failures. */
@ExtendWith(SharedServer.class)
@ParameterizedClass
@ValueSource(ints = {1, 4})
@Timeout(120)
class TestControlsTest extends TestControlsFixture {
  TestControlsTest(int groups, SharedServer.OfGroups servers, Server plain) {
    super(groups, servers, plain);
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
}
