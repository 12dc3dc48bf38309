package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** ExecuteStatement with the AWS SDK. */
@ExtendWith(SharedServer.class)
class PartiQlTest {
  private final DynamoDbClient client;
  private String table = "";

  PartiQlTest(Server server) {
    this.client = server.sdk();
  }

  @BeforeEach
  void createTable() {
    table = Tables.withSortKey(client);
  }

  /** Executes a statement, in which {@code @T} stands for the table. */
  private ExecuteStatementResponse execute(String statement, AttributeValue... parameters) {
    return client.executeStatement(r -> {
      r.statement(statement.replace("@T", '"' + table + '"'));
      if (parameters.length > 0) {
        r.parameters(parameters);
      }
    });
  }

  private List<Map<String, AttributeValue>> items(String statement, AttributeValue... parameters) {
    return execute(statement, parameters).items();
  }

  private List<Long> sortKeys(String statement, AttributeValue... parameters) {
    return items(statement, parameters).stream()
        .map(item -> Long.valueOf(Values.of(item, "s").n()))
        .toList();
  }

  private Map<String, AttributeValue> item(String p, long s) {
    return client
        .getItem(r ->
            r.tableName(table)
                .key(Values.item("p", Values.string(p), "s", Values.number(s)))
                .consistentRead(true))
        .item();
  }

  /** Items p = a and b, s = 0 to 9, v = s. */
  private void fill() {
    for (String p : List.of("a", "b")) {
      for (long s = 0; s < 10; s++) {
        Map<String, AttributeValue> item =
            Values.item("p", Values.string(p), "s", Values.number(s), "v", Values.number(s));
        client.putItem(r -> r.tableName(table).item(item));
      }
    }
  }

  private static List<Long> numbers(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void everyKindOfValueIsInserted() {
    ExecuteStatementResponse inserted =
        execute(
            "INSERT INTO @T VALUE {'p': 'it''s', 's': -1.5e1, 'list': [1, 'two', true, null],"
                + " 'map': {'a': {'b': 0}}, 'bytes': ?,"
                + " 'texts': <<'x', 'y'>>, 'numbers': <<1, 2>>}",
            Values.binary(1, 2));
    assertEquals(List.of(), inserted.items());
    assertEquals(
        Values.item(
            "p",
            Values.string("it's"),
            "s",
            Values.number(-15),
            "list",
            Values.list(
                Values.number(1),
                Values.string("two"),
                AttributeValue.fromBool(true),
                AttributeValue.fromNul(true)),
            "map",
            Values.map("a", Values.map("b", Values.number(0))),
            "bytes",
            Values.binary(1, 2),
            "texts",
            AttributeValue.fromSs(List.of("x", "y")),
            "numbers",
            AttributeValue.fromNs(List.of("1", "2"))),
        item("it's", -15));
  }

  @Test
  void anItemIsInsertedOnce() {
    execute("INSERT INTO @T VALUE {'p': 'a', 's': 1, 'v': 1}");
    DuplicateItemException refused =
        assertThrows(
            DuplicateItemException.class,
            () -> execute("INSERT INTO @T VALUE {'p': 'a', 's': 1, 'v': 2}"));
    assertEquals("Duplicate primary key exists in table", refused.awsErrorDetails().errorMessage());
    assertEquals("1", Values.of(item("a", 1), "v").n());
  }

  @Test
  void updatesChangeWhatIsThere() {
    execute("INSERT INTO @T VALUE {'p': 'a', 's': 1, 'n': 1, 'l': [1], 'm': {'x': 1, 'y': 2}}");
    assertEquals(
        List.of(),
        items(
            "UPDATE @T SET n = n + 4 SET l = list_append(l, ?) SET m.z = 3 REMOVE m.x"
                + " WHERE p = 'a' AND s = 1",
            Values.list(Values.number(2))));
    assertEquals(
        Values.item(
            "p",
            Values.string("a"),
            "s",
            Values.number(1),
            "n",
            Values.number(5),
            "l",
            Values.list(Values.number(1), Values.number(2)),
            "m",
            Values.map("y", Values.number(2), "z", Values.number(3))),
        item("a", 1));
    execute("UPDATE @T SET tags = set_add(tags, <<'a', 'b'>>) WHERE p = 'a' AND s = 1");
    execute("UPDATE @T SET tags = set_delete(tags, <<'a'>>) WHERE p = 'a' AND s = 1");
    assertEquals(List.of("b"), Values.of(item("a", 1), "tags").ss());
  }

  @Test
  void updatesMakeNoItems() {
    ConditionalCheckFailedException refused =
        assertThrows(
            ConditionalCheckFailedException.class,
            () -> execute("UPDATE @T SET v = 1 WHERE p = 'a' AND s = 1"));
    assertEquals("The conditional request failed", refused.awsErrorDetails().errorMessage());
    assertEquals(Map.of(), item("a", 1));
  }

  @ParameterizedTest
  @CsvSource({
    "ALL OLD *, 'n,p,s,x'",
    "ALL NEW *, 'm,n,p,s,x'",
    "MODIFIED OLD *, n",
    "MODIFIED NEW *, 'm,n'"
  })
  void updatesReturnWhatTheyAreAskedFor(String returning, String names) {
    execute("INSERT INTO @T VALUE {'p': 'a', 's': 1, 'n': 1, 'x': 'y'}");
    List<Map<String, AttributeValue>> returned =
        items("UPDATE @T SET n = 2 SET m = 3 WHERE p = 'a' AND s = 1 RETURNING " + returning);
    assertEquals(1, returned.size());
    assertEquals(
        List.of(names.split(",")), returned.getFirst().keySet().stream().sorted().toList());
    assertEquals(returning.contains("OLD") ? "1" : "2", Values.of(returned.getFirst(), "n").n());
  }

  @Test
  void nothingIsReturnedOfWhatWasNotThere() {
    execute("INSERT INTO @T VALUE {'p': 'a', 's': 1}");
    assertEquals(
        List.of(), items("UPDATE @T SET n = 2 WHERE p = 'a' AND s = 1 RETURNING MODIFIED OLD *"));
    assertEquals(List.of(), items("DELETE FROM @T WHERE p = 'none' AND s = 1 RETURNING ALL OLD *"));
  }

  @Test
  void deletesTakeAwayWhatSatisfiesTheRest() {
    execute("INSERT INTO @T VALUE {'p': 'a', 's': 1, 'v': 1}");
    ConditionalCheckFailedException refused =
        assertThrows(
            ConditionalCheckFailedException.class,
            () ->
                client.executeStatement(r ->
                    r.statement("DELETE FROM \"" + table + "\" WHERE p='a' AND s=1 AND v=2")
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD)));
    assertEquals("1", Values.of(refused.item(), "v").n());
    assertEquals(
        item("a", 1),
        items("DELETE FROM @T WHERE p='a' AND s=1 AND v=1 RETURNING ALL OLD *").getFirst());
    assertEquals(Map.of(), item("a", 1));
    // What is not there satisfies everything.
    assertEquals(List.of(), items("DELETE FROM @T WHERE p='a' AND s=1 AND v=1"));
  }

  @ParameterizedTest
  @CsvSource({
    "p = 'a' AND s = 3, 3, 3",
    "p = 'a' AND s < 3, 0, 2",
    "p = 'a' AND s >= 3 AND s < 6, 3, 5",
    "p = 'a' AND s BETWEEN 2 AND 4, 2, 4",
    "p = 'a' AND 7 <= s, 7, 9",
    "p = 'a' AND v > 6, 7, 9",
    "p = 'a' AND (s = 1 OR s = 2), 1, 2",
    "'p = ''a'' AND s IN [2, 1, 3]', 1, 3",
    "p = 'a' AND s > 3 AND NOT (v >= 8 OR v = 9), 4, 7",
    "p = 'a' AND s > 1 AND s < 0, 1, 0"
  })
  void conditionsOnTheKeyBoundWhatIsRead(String where, long first, long last) {
    fill();
    assertEquals(numbers(first, last), sortKeys("SELECT * FROM @T WHERE " + where));
  }

  @Test
  void keysAreChargedLikeQueriesAndOtherwiseAllIsRead() {
    fill();
    assertEquals(0.5, units("SELECT s FROM @T WHERE p = 'a' AND s = 1", false));
    assertEquals(1.0, units("SELECT s FROM @T WHERE p = 'a' AND s = 1", true));
    assertEquals(0.5, units("SELECT s FROM @T WHERE p = 'a' AND v = 1", false));
    assertEquals(1.0, units("SELECT s FROM @T WHERE p IN ['a', 'b']", false));
    assertEquals(1.5, units("SELECT s FROM @T WHERE p IN ['a', 'b', 'none']", false));
  }

  private double units(String statement, boolean consistent) {
    return client
        .executeStatement(r ->
            r.statement(statement.replace("@T", '"' + table + '"'))
                .consistentRead(consistent)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
        .consumedCapacity()
        .capacityUnits();
  }

  @Test
  void scansFindWhatNoKeyTells() {
    fill();
    assertEquals(20, items("SELECT * FROM @T").size());
    assertEquals(List.of(4L, 4L), sortKeys("SELECT * FROM @T WHERE v = 4"));
    assertEquals(
        List.of(4L, 4L, 5L),
        items(
                "SELECT s FROM @T WHERE v = ? OR (p = ? AND s = 5)",
                Values.number(4),
                Values.string("a"))
            .stream()
            .map(item -> Long.valueOf(Values.of(item, "s").n()))
            .sorted()
            .toList());
  }

  @Test
  void orderIsThatOfTheKeys() {
    fill();
    assertEquals(
        numbers(0, 9).reversed(), sortKeys("SELECT * FROM @T WHERE p = 'a' ORDER BY s DESC"));
    assertEquals(numbers(0, 9), sortKeys("SELECT * FROM @T WHERE p = 'a' ORDER BY s"));
    // As on AWS: an order by the partition key alone turns the sort key round.
    assertEquals(numbers(0, 9).reversed(), sortKeys("SELECT * FROM @T WHERE p = 'a' ORDER BY p"));
    List<String> keys =
        items("SELECT * FROM @T WHERE p IN ['a', 'b'] AND s < 2 ORDER BY p DESC, s ASC").stream()
            .map(item -> Values.of(item, "p").s() + Values.of(item, "s").n())
            .toList();
    assertEquals(List.of("b0", "b1", "a0", "a1"), keys);
    assertEquals(
        List.of("b1", "a1"),
        items("SELECT * FROM @T WHERE p IN ['b', 'a'] AND s = 1").stream()
            .map(item -> Values.of(item, "p").s() + Values.of(item, "s").n())
            .toList());
  }

  @Test
  void columnsAreTakenOutOfTheItem() {
    execute("INSERT INTO @T VALUE {'p': 'a', 's': 1, 'm': {'x': [1, 2]}, 'other': 3}");
    assertEquals(
        List.of(Values.item("x", Values.list(Values.number(1), Values.number(2)))),
        items("SELECT m.x FROM @T WHERE p = 'a' AND s = 1"));
    assertEquals(
        List.of(Values.item("p", Values.string("a"), "other", Values.number(3))),
        items("SELECT p, other, absent FROM @T WHERE p = 'a' AND s = 1"));
    assertEquals(List.of(Map.of()), items("SELECT absent FROM @T WHERE p = 'a' AND s = 1"));
    assertEquals(List.of(), items("SELECT * FROM @T WHERE p = 'a' AND s = 1 AND other = 4"));
  }

  @Test
  void missingIsNotNull() {
    execute("INSERT INTO @T VALUE {'p': 'a', 's': 1, 'v': null}");
    execute("INSERT INTO @T VALUE {'p': 'a', 's': 2}");
    assertEquals(List.of(1L), sortKeys("SELECT * FROM @T WHERE p = 'a' AND v IS NULL"));
    assertEquals(List.of(2L), sortKeys("SELECT * FROM @T WHERE p = 'a' AND v IS MISSING"));
    assertEquals(List.of(1L), sortKeys("SELECT * FROM @T WHERE p = 'a' AND v IS NOT MISSING"));
  }

  @Test
  void aLimitCountsWhatIsReadAndPagesGoOn() {
    fill();
    List<Integer> sizes = new ArrayList<>();
    List<Long> found = new ArrayList<>();
    String token = null;
    do {
      String next = token;
      ExecuteStatementResponse page =
          client.executeStatement(r ->
              r.statement("SELECT * FROM \"" + table + "\" WHERE p IN [?, ?] AND v >= 5")
                  .parameters(Values.string("a"), Values.string("b"))
                  .limit(4)
                  .nextToken(next));
      sizes.add(page.items().size());
      page.items().forEach(item -> found.add(Long.valueOf(Values.of(item, "s").n())));
      token = page.nextToken();
      assertEquals(token != null, page.hasLastEvaluatedKey());
    } while (token != null);
    assertEquals(List.of(5L, 6L, 7L, 8L, 9L, 5L, 6L, 7L, 8L, 9L), found);
    assertEquals(List.of(0, 3, 2, 1, 4, 0), sizes);
  }

  @Test
  void largeResultsComeInPages() {
    for (int s = 0; s < 4; s++) {
      Map<String, AttributeValue> item =
          Values.item(
              "p", Values.string("a"), "s", Values.number(s), "v", Values.bytes(390 * 1024));
      client.putItem(r -> r.tableName(table).item(item));
    }
    ExecuteStatementResponse page = execute("SELECT s FROM @T WHERE p = 'a'");
    assertEquals(3, page.items().size());
    assertNotNull(page.nextToken());
    ExecuteStatementResponse last =
        client.executeStatement(r ->
            r.statement("SELECT s FROM \"" + table + "\" WHERE p = 'a'")
                .nextToken(page.nextToken()));
    assertEquals(1, last.items().size());
    assertNull(last.nextToken());
    assertFalse(last.hasLastEvaluatedKey());
  }

  @Test
  void writesAreChargedLikeTheirOperations() {
    assertEquals(
        2.0,
        units("INSERT INTO @T VALUE {'p': 'a', 's': 1, 'v': '" + "x".repeat(1500) + "'}", false));
    assertEquals(2.0, units("UPDATE @T SET v = 'x' WHERE p = 'a' AND s = 1", false));
    assertEquals(1.0, units("DELETE FROM @T WHERE p = 'a' AND s = 1", false));
    assertTrue(items("SELECT * FROM @T").isEmpty());
  }
}
