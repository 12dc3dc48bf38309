package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** SELECT from indexes: {@code byG} is global with the key g and h, {@code byI} is local. */
@ExtendWith(SharedServer.class)
class PartiQlIndexTest {
  private static final Duration CATCH_UP_MAX = Duration.ofSeconds(30);

  private final Server server;
  private final DynamoDbClient client;
  private String table = "";
  private Refusals refusals;

  PartiQlIndexTest(Server server) {
    this.server = server;
    this.client = server.sdk();
    this.refusals = new Refusals(server.raw(), "");
  }

  @BeforeEach
  void createTable() throws InterruptedException {
    table = Tables.name();
    refusals = new Refusals(server.raw(), table);
    client.createTable(
        Tables.request(table, ScalarAttributeType.S, ScalarAttributeType.N)
            .attributeDefinitions(
                definition("p", ScalarAttributeType.S),
                definition("s", ScalarAttributeType.N),
                definition("g", ScalarAttributeType.S),
                definition("h", ScalarAttributeType.N),
                definition("i", ScalarAttributeType.N))
            .globalSecondaryIndexes(
                GlobalSecondaryIndex.builder()
                    .indexName("byG")
                    .keySchema(key("g", KeyType.HASH), key("h", KeyType.RANGE))
                    .projection(including("kept"))
                    .build())
            .localSecondaryIndexes(
                LocalSecondaryIndex.builder()
                    .indexName("byI")
                    .keySchema(key("p", KeyType.HASH), key("i", KeyType.RANGE))
                    .projection(including("kept"))
                    .build())
            .build());
    client.waiter().waitUntilTableExists(r -> r.tableName(table));
    for (long s = 0; s < 6; s++) {
      Map<String, AttributeValue> item =
          Values.item(
              "p",
              Values.string("a"),
              "s",
              Values.number(s),
              "g",
              Values.string(s % 2 == 0 ? "even" : "odd"),
              "h",
              Values.number(10 - s),
              "i",
              Values.number(-s),
              "kept",
              Values.number(s),
              "other",
              Values.number(s));
      client.putItem(r -> r.tableName(table).item(item));
    }
    awaitRows(6);
  }

  private static AttributeDefinition definition(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static Projection including(String name) {
    return Projection.builder()
        .projectionType(ProjectionType.INCLUDE)
        .nonKeyAttributes(name)
        .build();
  }

  private void awaitRows(int count) throws InterruptedException {
    long end = System.nanoTime() + CATCH_UP_MAX.toNanos();
    while (client.scan(r -> r.tableName(table).indexName("byG")).count() < count
        && System.nanoTime() < end) {
      Thread.sleep(10);
    }
  }

  @AfterEach
  void verify() {
    refusals.verify();
  }

  private ExecuteStatementResponse execute(String statement) {
    return client.executeStatement(r ->
        r.statement(statement.replace("@T", '"' + table + '"'))
            .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));
  }

  private static List<Long> numbers(ExecuteStatementResponse response, String name) {
    return response.items().stream().map(item -> Long.valueOf(Values.of(item, name).n())).toList();
  }

  @Test
  void globalIndexesAreReadByTheirKey() {
    ExecuteStatementResponse even = execute("SELECT * FROM @T.\"byG\" WHERE g = 'even'");
    assertEquals(List.of(4L, 2L, 0L), numbers(even, "s"));
    assertEquals(
        List.of("g", "h", "kept", "p", "s"),
        even.items().getFirst().keySet().stream().sorted().toList());
    assertCapacity(even, 0, 0, 0.5);
    assertEquals(
        List.of(2L), numbers(execute("SELECT s FROM @T.byG WHERE g = 'even' AND h = 8"), "s"));
    assertEquals(
        List.of(1L, 3L),
        numbers(execute("SELECT s FROM @T.byG WHERE g = 'odd' AND h > 6 ORDER BY h DESC"), "s"));
    assertEquals(
        List.of(5L, 3L, 1L),
        numbers(
            execute("SELECT s FROM @T.byG WHERE g IN ['even', 'odd'] AND kept IN [1, 3, 5]"), "s"));
  }

  @Test
  void localIndexesFetchWhatTheyDoNotHold() {
    ExecuteStatementResponse rows = execute("SELECT s, kept FROM @T.byI WHERE p = 'a' AND i > -3");
    assertEquals(List.of(2L, 1L, 0L), numbers(rows, "s"));
    assertCapacity(rows, 0, 0.5, 0);
    ExecuteStatementResponse fetched = execute("SELECT other FROM @T.byI WHERE p = 'a' AND i > -3");
    assertEquals(List.of(2L, 1L, 0L), numbers(fetched, "other"));
    assertCapacity(fetched, 1.5, 0.5, 0);
    // Rows are fetched before they are filtered, but the filter sees the row.
    ExecuteStatementResponse none = execute("SELECT other FROM @T.byI WHERE other = 1");
    assertEquals(List.of(), none.items());
    assertEquals(3.0, none.consumedCapacity().table().capacityUnits());
  }

  private static void assertCapacity(
      ExecuteStatementResponse response, double table, double local, double global) {
    ConsumedCapacity capacity = response.consumedCapacity();
    assertEquals(table + local + global, capacity.capacityUnits());
    assertEquals(table, capacity.table().capacityUnits());
    assertEquals(local > 0, capacity.localSecondaryIndexes().containsKey("byI"));
    assertEquals(global > 0, capacity.globalSecondaryIndexes().containsKey("byG"));
  }

  @Test
  void pagesOfIndexesGoOn() {
    for (String source :
        List.of("@T.byG WHERE g IN ['odd', 'even']", "@T.byI WHERE p = 'a'", "@T.byG")) {
      String statement = "SELECT s FROM " + source;
      List<Long> found = new ArrayList<>();
      String token = null;
      do {
        String next = token;
        ExecuteStatementResponse page =
            client.executeStatement(r ->
                r.statement(statement.replace("@T", '"' + table + '"')).limit(2).nextToken(next));
        found.addAll(numbers(page, "s"));
        token = page.nextToken();
      } while (token != null);
      assertEquals(numbers(execute(statement), "s"), found);
      assertEquals(6, found.size());
    }
  }

  private void invalid(String statement, String members, String message) {
    refusals.invalid(
        "ExecuteStatement",
        "{'Statement':'"
            + statement.replace("@T", "\\\"@T\\\"").replace("`", "\\u0027")
            + "'"
            + members
            + "}",
        message);
  }

  @Test
  void indexesAnswerForWhatTheyHold() {
    String wrong = "One or more parameter values were invalid: ";
    invalid(
        "SELECT * FROM @T.byG WHERE g = `odd`",
        ",'ConsistentRead':true",
        "Strongly consistent read is not supported on Global Secondary Indexes");
    invalid(
        "SELECT other, kept, more FROM @T.byG WHERE g = `odd`",
        "",
        wrong + "Global secondary index byG does not project [other, more]");
    invalid(
        "SELECT other FROM @T.byG",
        "",
        wrong + "Global secondary index byG does not project [other]");
    invalid(
        "SELECT s FROM @T.byG WHERE g = `odd` AND other = 1",
        "",
        wrong + "Secondary index byG does not project one or more filter attributes: [other]");
    invalid(
        "SELECT s FROM @T.byI WHERE p = `a` AND other = 1 AND kept = 1",
        "",
        wrong + "Secondary index byI does not project one or more filter attributes: [other]");
    invalid(
        "SELECT * FROM @T.byG WHERE g = `odd` ORDER BY s",
        "",
        "Attribute s in ORDER BY clause must be part of the primary key");
  }

  @Test
  void writesAreChargedForTheIndexes() {
    ExecuteStatementResponse inserted =
        execute("INSERT INTO @T VALUE {'p': 'b', 's': 1, 'g': 'x', 'h': 1, 'i': 1, 'other': 1}");
    assertCapacity(inserted, 1, 1, 1);
    assertCapacity(execute("UPDATE @T SET other = 2 WHERE p = 'b' AND s = 1"), 1, 0, 0);
    invalid(
        "UPDATE @T SET h = `x` WHERE p = `b` AND s = 1",
        "",
        "One or more parameter values were invalid: Type mismatch for Index Key h Expected: N"
            + " Actual: S IndexName: byG");
  }
}
