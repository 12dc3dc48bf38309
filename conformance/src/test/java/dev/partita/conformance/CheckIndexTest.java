package dev.partita.conformance;

import static dev.partita.conformance.Values.item;
import static dev.partita.conformance.Values.number;
import static dev.partita.conformance.Values.string;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.reference.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Indexes, marks of expiry and counts equal the table: beside writes, and after a kill. */
@Timeout(180)
class CheckIndexTest {
  private static final int WRITERS = 3;
  private static final int CHECKS = 6;

  private static void create(Server server, String table) {
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
                    + "'Projection':{'ProjectionType':'KEYS_ONLY'}}],"
                    + "'GlobalSecondaryIndexes':[{'IndexName':'byY','KeySchema':["
                    + "{'AttributeName':'y','KeyType':'HASH'},"
                    + "{'AttributeName':'x','KeyType':'RANGE'}],"
                    + "'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['v']}},"
                    + "{'IndexName':'all','KeySchema':["
                    + "{'AttributeName':'y','KeyType':'HASH'}],"
                    + "'Projection':{'ProjectionType':'ALL'}}]}");
    assertEquals(200, created.status(), created.text());
    server.sdk().waiter().waitUntilTableExists(r -> r.tableName(table));
    server
        .sdk()
        .updateTimeToLive(r ->
            r.tableName(table).timeToLiveSpecification(t -> t.enabled(true).attributeName("e")));
  }

  /** So that there is something to check, however slow the machine is. */
  private static void fill(DynamoDbClient client, String table) {
    Random random = new Random(1);
    for (int p = 0; p < 10; p++) {
      String name = "p" + p;
      List<WriteRequest> puts =
          IntStream.range(0, 25)
              .mapToObj(s ->
                  WriteRequest.builder()
                      .putRequest(put -> put.item(whole(random, name, s)))
                      .build())
              .toList();
      client.batchWriteItem(r -> r.requestItems(Map.of(table, puts)));
    }
  }

  private static Map<String, AttributeValue> whole(Random random, String p, int s) {
    Map<String, AttributeValue> whole =
        item(
            "p",
            string(p),
            "s",
            number(s),
            "x",
            number(random.nextInt(50)),
            "y",
            string("y" + random.nextInt(20)),
            "v",
            string("v".repeat(random.nextInt(300))));
    if (random.nextBoolean()) {
      whole.put("e", number(4_000_000_000L + random.nextInt(100)));
    }
    return whole;
  }

  /** Changes random items until it is told to stop; ends when the server does. */
  private static void write(DynamoDbClient client, String table, int seed, AtomicBoolean stop) {
    Random random = new Random(seed);
    while (!stop.get()) {
      String p = "p" + random.nextInt(10);
      int s = random.nextInt(40);
      try {
        change(client, table, random, p, s);
      } catch (RuntimeException failed) {
        if (stop.get()) {
          return;
        }
        throw failed;
      }
    }
  }

  private static void change(DynamoDbClient client, String table, Random random, String p, int s) {
    Map<String, AttributeValue> key = item("p", string(p), "s", number(s));
    switch (random.nextInt(4)) {
      case 0 -> client.deleteItem(r -> r.tableName(table).key(key));
      case 1 ->
          client.updateItem(r ->
              r.tableName(table)
                  .key(key)
                  .updateExpression("SET x = :x, v = :v REMOVE y")
                  .expressionAttributeValues(
                      Map.of(":x", number(random.nextInt(50)), ":v", string("updated"))));
      default -> {
        Map<String, AttributeValue> whole = whole(random, p, s);
        client.putItem(r -> r.tableName(table).item(whole));
      }
    }
  }

  private static long count(Json.ObjectOf object, String name) {
    return object
        .member(name)
        .map(found -> ((Json.Numeral) found).number().longValueExact())
        .orElseThrow();
  }

  private static Json.ObjectOf check(Server server, String parameters) {
    RawClient.Answer answer = new Admin(server).post("check-index", "{" + parameters + "}");
    assertEquals(200, answer.status(), answer.text());
    assertEquals(Json.flag(true), answer.json().member("Consistent").orElseThrow(), answer.text());
    return answer.json();
  }

  private static Json.ObjectOf onlyTable(Json.ObjectOf answer) {
    List<Json> tables = ((Json.ArrayOf) answer.member("Tables").orElseThrow()).elements();
    assertEquals(1, tables.size());
    return (Json.ObjectOf) tables.getFirst();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void allIsAsItShouldBe(int groups, @TempDir Path directory) throws Exception {
    String table = Tables.name();
    String option = Integer.toString(groups);
    Path data = directory.resolve("data");
    try (Server server = Server.of(ServerProcess.start(data, "--replication-groups", option))) {
      create(server, table);
      fill(server.sdk(), table);
      checkBesideWrites(server, table);
      kill(server, table);
    }
    try (Server server = Server.of(ServerProcess.start(data, "--replication-groups", option))) {
      Json.ObjectOf report = onlyTable(check(server, "'TableName':'" + table + "'"));
      assertTrue(count(report, "Items") > 100, report.toString());
      assertTrue(count(report, "ExpiryMarks") > 20, report.toString());
      List<Json> indexes = ((Json.ArrayOf) report.member("Indexes").orElseThrow()).elements();
      assertEquals(3, indexes.size());
      for (Json index : indexes) {
        Json.ObjectOf one = (Json.ObjectOf) index;
        assertTrue(count(one, "Rows") > 20, report.toString());
        assertEquals(count(one, "RowsExpected"), count(one, "Rows"), report.toString());
      }
      onlyTable(check(server, "'TableName':'" + table + "','IndexName':'byX'"));
      check(server, "");
      checkByCommand(server, table);
    }
  }

  private static void checkBesideWrites(Server server, String table) throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int seed = writer;
        running.add(writers.submit(() -> write(server.sdk(), table, seed, stop)));
      }
      try {
        for (int count = 0; count < CHECKS; count++) {
          Thread.sleep(300);
          check(server, "'TableName':'" + table + "'");
        }
      } finally {
        stop.set(true);
      }
      for (Future<?> writer : running) {
        writer.get(30, TimeUnit.SECONDS);
      }
    }
  }

  /** Kills the server in the middle of writes. */
  private static void kill(Server server, String table) throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      for (int writer = 0; writer < WRITERS; writer++) {
        int seed = 100 + writer;
        writers.execute(() -> write(server.sdk(), table, seed, stop));
      }
      Thread.sleep(500);
      stop.set(true);
      server.process().kill();
    }
  }

  private static void checkByCommand(Server server, String table) throws Exception {
    String endpoint = server.address().toString();
    CommandRun good = CommandRun.of("admin", "check-index", table, "byY", "--endpoint", endpoint);
    assertEquals(0, good.exitCode(), good.output());
    assertTrue(good.output().contains("\"Consistent\" : true"), good.output());
    CommandRun unknown =
        CommandRun.of("admin", "check-index", table, "byZ", "--endpoint", endpoint);
    assertEquals(1, unknown.exitCode());
    assertTrue(unknown.output().contains("has no index byZ"), unknown.output());
  }
}
