package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Items that expire, over one group and over several. */
@ExtendWith(SharedServer.class)
@ParameterizedClass
@ValueSource(ints = {1, 4})
class TimeToLiveTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Server server;
  private final DynamoDbClient client;

  TimeToLiveTest(int groups, SharedServer.OfGroups servers) {
    server = servers.of(groups);
    client = server.sdk();
  }

  private String table() {
    String name = Tables.name();
    client.createTable(
        Tables.request(name, ScalarAttributeType.S)
            .streamSpecification(
                s -> s.streamEnabled(true).streamViewType(StreamViewType.OLD_IMAGE))
            .build());
    client.waiter().waitUntilTableExists(r -> r.tableName(name));
    return name;
  }

  private void enable(String table) {
    client.updateTimeToLive(r ->
        r.tableName(table).timeToLiveSpecification(s -> s.enabled(true).attributeName("expires")));
    await(() ->
        client
                .describeTimeToLive(r -> r.tableName(table))
                .timeToLiveDescription()
                .timeToLiveStatus()
            == TimeToLiveStatus.ENABLED);
  }

  private static void await(BooleanSupplier holds) {
    Instant start = Instant.now();
    while (!holds.getAsBoolean()) {
      assertTrue(Duration.between(start, Instant.now()).compareTo(PATIENCE) < 0, "too late");
      try {
        Thread.sleep(50);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }
  }

  private static AttributeValue secondsFromNow(long seconds) {
    return Values.number(Instant.now().getEpochSecond() + seconds);
  }

  private void put(String table, String p, AttributeValue expires) {
    client.putItem(
        r -> r.tableName(table).item(Values.item("p", Values.string(p), "expires", expires)));
  }

  private Set<String> keys(String table) {
    Set<String> keys = new TreeSet<>();
    client
        .scan(r -> r.tableName(table).consistentRead(true))
        .items()
        .forEach(item -> keys.add(Values.of(item, "p").s()));
    return keys;
  }

  @Test
  void itemsAreDeletedOnceTheirTimeHasCome() {
    String table = table();
    put(table, "before it was enabled", secondsFromNow(-60));
    put(table, "stays", secondsFromNow(3_600));
    enable(table);
    put(table, "past", secondsFromNow(-60));
    put(table, "fraction", Values.number(Instant.now().getEpochSecond() - 60 + ".5"));
    put(table, "soon", secondsFromNow(2));
    put(table, "text", Values.string(Long.toString(Instant.now().getEpochSecond() - 60)));
    put(table, "six years ago", secondsFromNow(-6L * 365 * 86_400));
    put(table, "postponed", secondsFromNow(2));
    put(table, "postponed", secondsFromNow(3_600));
    client.putItem(r -> r.tableName(table).item(Values.item("p", Values.string("without a time"))));
    Set<String> kept = Set.of("stays", "text", "six years ago", "postponed", "without a time");
    await(() -> keys(table).equals(kept));
  }

  @Test
  void theStreamTellsWhoDeletedAnItem() {
    String table = table();
    enable(table);
    put(table, "expired", secondsFromNow(-60));
    put(table, "deleted", secondsFromNow(3_600));
    client.deleteItem(r -> r.tableName(table).key(Values.item("p", Values.string("deleted"))));
    String arn = client.describeTable(r -> r.tableName(table)).table().latestStreamArn();
    try (DynamoDbStreamsClient streams = SdkClients.streams(server.address())) {
      Map<String, Optional<Identity>> removed = new HashMap<>();
      for (Record each : new StreamReader(streams, arn).next(4)) {
        if (each.eventName() == OperationType.REMOVE) {
          removed.put(
              Values.of(each.dynamodb().oldImage(), "p").s(),
              Optional.ofNullable(each.userIdentity()));
        }
      }
      Identity service =
          Identity.builder().principalId("dynamodb.amazonaws.com").type("Service").build();
      assertEquals(Map.of("expired", Optional.of(service), "deleted", Optional.empty()), removed);
    }
  }

  @Test
  void indexesLoseExpiredItemsToo() {
    String table = Tables.name();
    LocalSecondaryIndex local =
        LocalSecondaryIndex.builder()
            .indexName("local")
            .keySchema(key("p", KeyType.HASH), key("expires", KeyType.RANGE))
            .projection(p -> p.projectionType(ProjectionType.ALL))
            .build();
    GlobalSecondaryIndex global =
        GlobalSecondaryIndex.builder()
            .indexName("global")
            .keySchema(key("expires", KeyType.HASH))
            .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))
            .build();
    client.createTable(r ->
        r.tableName(table)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(key("p", KeyType.HASH), key("s", KeyType.RANGE))
            .attributeDefinitions(number("p"), number("s"), number("expires"))
            .localSecondaryIndexes(local)
            .globalSecondaryIndexes(global));
    client.waiter().waitUntilTableExists(r -> r.tableName(table));
    enable(table);
    AttributeValue future = secondsFromNow(3_600);
    AttributeValue past = secondsFromNow(-60);
    for (int key = 0; key < 30; key++) {
      int number = key;
      client.putItem(r ->
          r.tableName(table)
              .item(
                  Values.item(
                      "p",
                      Values.number(number % 3),
                      "s",
                      Values.number(number),
                      "expires",
                      number == 17 ? future : past)));
    }
    for (String index : List.of("local", "global")) {
      await(() -> expiries(table, index).equals(List.of(future)));
    }
  }

  private List<AttributeValue> expiries(String table, String index) {
    List<AttributeValue> found = new ArrayList<>();
    client
        .scan(r -> r.tableName(table).indexName(index))
        .items()
        .forEach(item -> found.add(Values.of(item, "expires")));
    return found;
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition number(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.N)
        .build();
  }
}
