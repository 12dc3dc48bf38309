package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** A server that takes its time with tables, as AWS does. */
class TransientStatusTest {
  @Test
  void tablesAreCreatingUpdatingAndDeletingForAWhile(@TempDir Path directory) {
    try (Server server =
        Server.of(ServerProcess.start(directory.resolve("data"), "-delayTransientStatuses"))) {
      DynamoDbClient client = server.sdk();
      Instant start = Instant.now();
      String table = Tables.name();
      var item = Values.item("p", Values.string("x"));
      client.createTable(Tables.request(table, ScalarAttributeType.S).build());
      assertEquals(TableStatus.CREATING, status(client, table));
      assertThrows(
          ResourceInUseException.class,
          () -> client.updateTable(r -> r.tableName(table).deletionProtectionEnabled(true)));
      assertThrows(ResourceInUseException.class, () -> client.deleteTable(r -> r.tableName(table)));
      assertThrows(
          ResourceInUseException.class,
          () -> client.createTable(Tables.request(table, ScalarAttributeType.S).build()));
      assertThrows(
          ResourceNotFoundException.class,
          () -> client.putItem(r -> r.tableName(table).item(item)));
      assertTrue(client.listTables().tableNames().contains(table));
      awaitActive(client, table);
      client.putItem(r -> r.tableName(table).item(item));

      client.updateTable(r -> r.tableName(table).deletionProtectionEnabled(false));
      assertEquals(TableStatus.UPDATING, status(client, table));
      assertEquals(item, client.getItem(r -> r.tableName(table).key(item)).item());
      awaitActive(client, table);

      client.deleteTable(r -> r.tableName(table));
      assertEquals(TableStatus.DELETING, status(client, table));
      assertThrows(
          ResourceNotFoundException.class, () -> client.getItem(r -> r.tableName(table).key(item)));
      assertThrows(ResourceInUseException.class, () -> client.deleteTable(r -> r.tableName(table)));
      while (client.listTables().tableNames().contains(table)) {
        pause(start);
      }
    }
  }

  /** As a waiter does, but the SDK's looks only every 20 seconds. */
  private static void awaitActive(DynamoDbClient client, String table) {
    Instant start = Instant.now();
    while (status(client, table) != TableStatus.ACTIVE) {
      pause(start);
    }
  }

  private static void pause(Instant start) {
    assertTrue(Duration.between(start, Instant.now()).toSeconds() < 60, "no end of it");
    try {
      Thread.sleep(100);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static TableStatus status(DynamoDbClient client, String table) {
    return client.describeTable(r -> r.tableName(table)).table().tableStatus();
  }
}
