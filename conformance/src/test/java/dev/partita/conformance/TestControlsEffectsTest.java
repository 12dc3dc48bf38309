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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;

/** Test controls: lag, held transactions, clocks, shards. */
@ExtendWith(SharedServer.class)
@ParameterizedClass
@ValueSource(ints = {1, 4})
@Timeout(120)
class TestControlsEffectsTest extends TestControlsFixture {
  TestControlsEffectsTest(int groups, SharedServer.OfGroups servers, Server plain) {
    super(groups, servers, plain);
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
