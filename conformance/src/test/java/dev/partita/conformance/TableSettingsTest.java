package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.SSEStatus;
import software.amazon.awssdk.services.dynamodb.model.SSEType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** The settings of a table, from CreateTable through UpdateTable. */
@ExtendWith(SharedServer.class)
class TableSettingsTest {
  private final DynamoDbClient client;

  TableSettingsTest(Server server) {
    this.client = server.sdk();
  }

  private TableDescription update(String table, Consumer<UpdateTableRequest.Builder> change) {
    UpdateTableRequest.Builder request = UpdateTableRequest.builder().tableName(table);
    change.accept(request);
    client.updateTable(request.build());
    client.waiter().waitUntilTableExists(r -> r.tableName(table));
    return client.describeTable(r -> r.tableName(table)).table();
  }

  private String refused(String table, Consumer<UpdateTableRequest.Builder> change) {
    DynamoDbException refused = assertThrows(DynamoDbException.class, () -> update(table, change));
    assertEquals("ValidationException", refused.awsErrorDetails().errorCode());
    return refused.awsErrorDetails().errorMessage();
  }

  private static ProvisionedThroughput units(long read, long write) {
    return ProvisionedThroughput.builder()
        .readCapacityUnits(read)
        .writeCapacityUnits(write)
        .build();
  }

  private String provisionedTable() {
    String table = Tables.name();
    client.createTable(
        Tables.request(table, ScalarAttributeType.S)
            .billingMode((BillingMode) null)
            .provisionedThroughput(units(5, 6))
            .build());
    client.waiter().waitUntilTableExists(r -> r.tableName(table));
    return table;
  }

  @Test
  void throughputCanBeRaisedAndLowered() {
    String table = provisionedTable();
    TableDescription created = client.describeTable(r -> r.tableName(table)).table();
    assertEquals(5, created.provisionedThroughput().readCapacityUnits());
    assertEquals(6, created.provisionedThroughput().writeCapacityUnits());
    assertNull(created.provisionedThroughput().lastIncreaseDateTime());
    TableDescription raised = update(table, r -> r.provisionedThroughput(units(50, 60)));
    assertEquals(50, raised.provisionedThroughput().readCapacityUnits());
    assertEquals(60, raised.provisionedThroughput().writeCapacityUnits());
    assertNotNull(raised.provisionedThroughput().lastIncreaseDateTime());
    assertNull(raised.provisionedThroughput().lastDecreaseDateTime());
    TableDescription lowered = update(table, r -> r.provisionedThroughput(units(1, 60)));
    assertEquals(1, lowered.provisionedThroughput().readCapacityUnits());
    assertNotNull(lowered.provisionedThroughput().lastDecreaseDateTime());
    assertTrue(
        refused(table, r -> r.provisionedThroughput(units(1, 60)))
            .startsWith("The provisioned throughput for the table will not change."));
    assertEquals(
        "1 validation error detected: Value '0' at 'provisionedThroughput.readCapacityUnits' failed"
            + " to satisfy constraint: Member must have value greater than or equal to 1",
        refused(table, r -> r.provisionedThroughput(units(0, 60))));
  }

  @Test
  void billingModesCanBeSwitched() {
    String table = provisionedTable();
    TableDescription onDemand = update(table, r -> r.billingMode(BillingMode.PAY_PER_REQUEST));
    assertEquals(BillingMode.PAY_PER_REQUEST, onDemand.billingModeSummary().billingMode());
    assertNotNull(onDemand.billingModeSummary().lastUpdateToPayPerRequestDateTime());
    assertEquals(0, onDemand.provisionedThroughput().readCapacityUnits());
    update(table, r -> r.billingMode(BillingMode.PAY_PER_REQUEST));
    assertEquals(
        "One or more parameter values were invalid: ProvisionedThroughput must be specified when"
            + " BillingMode is PROVISIONED",
        refused(table, r -> r.billingMode(BillingMode.PROVISIONED)));
    TableDescription provisioned =
        update(
            table, r -> r.billingMode(BillingMode.PROVISIONED).provisionedThroughput(units(7, 8)));
    assertEquals(BillingMode.PROVISIONED, provisioned.billingModeSummary().billingMode());
    assertEquals(7, provisioned.provisionedThroughput().readCapacityUnits());
    assertEquals(
        "One or more parameter values were invalid: Neither ReadCapacityUnits nor"
            + " WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
        refused(
            table,
            r -> r.billingMode(BillingMode.PAY_PER_REQUEST).provisionedThroughput(units(7, 8))));
  }

  @Test
  void boundsOfAnOnDemandTableAreMergedAndRemoved() {
    String table = Tables.withPartitionKey(client);
    update(table, r -> r.onDemandThroughput(o -> o.maxReadRequestUnits(10L)));
    TableDescription both =
        update(table, r -> r.onDemandThroughput(o -> o.maxWriteRequestUnits(20L)));
    assertEquals(10, both.onDemandThroughput().maxReadRequestUnits());
    assertEquals(20, both.onDemandThroughput().maxWriteRequestUnits());
    TableDescription one =
        update(table, r -> r.onDemandThroughput(o -> o.maxReadRequestUnits(-1L)));
    assertEquals(20, one.onDemandThroughput().maxWriteRequestUnits());
    assertTrue(
        one.onDemandThroughput().maxReadRequestUnits() == null
            || one.onDemandThroughput().maxReadRequestUnits() == -1);
    refused(table, r -> r.onDemandThroughput(o -> o.maxReadRequestUnits(0L)));
    String provisioned = provisionedTable();
    refused(provisioned, r -> r.onDemandThroughput(o -> o.maxReadRequestUnits(5L)));
  }

  @Test
  void theClassOfATableCanBeChanged() {
    String table = Tables.withPartitionKey(client);
    TableDescription rare = update(table, r -> r.tableClass(TableClass.STANDARD_INFREQUENT_ACCESS));
    assertEquals(TableClass.STANDARD_INFREQUENT_ACCESS, rare.tableClassSummary().tableClass());
    assertNotNull(rare.tableClassSummary().lastUpdateDateTime());
    assertEquals(
        TableClass.STANDARD,
        update(table, r -> r.tableClass(TableClass.STANDARD)).tableClassSummary().tableClass());
  }

  @Test
  void encryptionWithAKeyCanBeTurnedOnAndOff() {
    String table = Tables.withPartitionKey(client);
    TableDescription on = update(table, r -> r.sseSpecification(s -> s.enabled(true)));
    assertEquals(SSEStatus.ENABLED, on.sseDescription().status());
    assertEquals(SSEType.KMS, on.sseDescription().sseType());
    assertTrue(on.sseDescription().kmsMasterKeyArn().startsWith("arn:aws:kms:"));
    TableDescription off = update(table, r -> r.sseSpecification(s -> s.enabled(false)));
    assertNull(off.sseDescription());
  }

  @Test
  void deletionProtectionCanBeTurnedOnAndOff() {
    String table = Tables.withPartitionKey(client);
    assertTrue(update(table, r -> r.deletionProtectionEnabled(true)).deletionProtectionEnabled());
    assertFalse(update(table, r -> r.deletionProtectionEnabled(false)).deletionProtectionEnabled());
  }

  @Test
  void warmThroughputCanBeRaised() {
    String table = Tables.withPartitionKey(client);
    TableDescription cold = client.describeTable(r -> r.tableName(table)).table();
    assertEquals(12_000, cold.warmThroughput().readUnitsPerSecond());
    assertEquals(4_000, cold.warmThroughput().writeUnitsPerSecond());
    TableDescription warm =
        update(
            table,
            r -> r.warmThroughput(w -> w.readUnitsPerSecond(15_000L).writeUnitsPerSecond(5_000L)));
    assertEquals(15_000, warm.warmThroughput().readUnitsPerSecond());
    assertEquals(5_000, warm.warmThroughput().writeUnitsPerSecond());
  }

  @Test
  void anUpdateOfNothingIsRefused() {
    String table = Tables.withPartitionKey(client);
    assertTrue(refused(table, r -> {}).startsWith("At least one of ProvisionedThroughput"));
  }
}
