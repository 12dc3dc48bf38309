package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.reference.Json;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server at random moments while many clients write, starts it on the same directory
 * again and looks for every acknowledged write. {@code -Dpartita.crash.rounds} sets how often.
 */
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("partita.crash.rounds", 50);
  private static final int WRITERS = 24;
  private static final int COUNTERS = 3;
  private static final int CLIENTS_PER_COUNTER = 3;
  private static final int LOAD_MILLIS_MIN = 50;
  private static final int LOAD_MILLIS_MAX = 600;
  private static final int START_MILLIS_MAX = 900;
  private static final String ITEMS = "items";
  private static final String NUMBERS = "numbers";

  private static final String KEYS_ONLY =
      """
      'AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'},
                              {'AttributeName':'s','AttributeType':'S'}]\
      """;

  /** Indexes of the versions, which every write changes, and a stream. */
  private static final String INDEXES =
      """
      'AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'},
                              {'AttributeName':'s','AttributeType':'S'},
                              {'AttributeName':'v','AttributeType':'S'}],
      'LocalSecondaryIndexes':[{'IndexName':'local','Projection':{'ProjectionType':'ALL'},
        'KeySchema':[{'AttributeName':'p','KeyType':'HASH'},
                     {'AttributeName':'v','KeyType':'RANGE'}]}],
      'GlobalSecondaryIndexes':[{'IndexName':'global','Projection':{'ProjectionType':'ALL'},
        'KeySchema':[{'AttributeName':'s','KeyType':'HASH'},
                     {'AttributeName':'v','KeyType':'RANGE'}]}],
      'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'NEW_AND_OLD_IMAGES'}\
      """;

  private final long seed = Seeds.next("CrashTest");
  private final Random random = new Random(seed);
  private final List<CrashWriter> writers = new ArrayList<>();
  private final List<CrashCounter> counters = new ArrayList<>();

  /** Tables that exist for certain, and those of which it is not known. */
  private final Set<String> tables = new HashSet<>(Set.of(ITEMS, NUMBERS));

  private final Set<String> uncertainTables = new HashSet<>();

  @Test
  void everyAcknowledgedWriteSurvivesKills(@TempDir Path directory) throws Exception {
    for (int i = 0; i < WRITERS; i++) {
      writers.add(new CrashWriter(ITEMS, "w" + i, random.nextLong()));
    }
    for (int i = 0; i < COUNTERS; i++) {
      counters.add(new CrashCounter(NUMBERS, "c" + i));
    }
    Path data = directory.resolve("data");
    try (ServerProcess server = start(data);
        RawClient client = new RawClient(server.address())) {
      createTable(client, ITEMS, INDEXES);
      createTable(client, NUMBERS);
      counters.forEach(counter -> counter.create(client));
      loadAndKill(server, client, 0);
    }
    for (int round = 1; round < ROUNDS; round++) {
      if (random.nextInt(5) == 0) {
        killWhileStarting(data);
      }
      try (ServerProcess server = start(data);
          RawClient client = new RawClient(server.address())) {
        check(client, round);
        loadAndKill(server, client, round);
      }
    }
    try (ServerProcess server = start(data);
        RawClient client = new RawClient(server.address())) {
      check(client, ROUNDS);
      assertEquals(0, server.terminate(), "exit code after SIGTERM");
    }
    long writes = writers.stream().mapToLong(CrashWriter::versions).sum();
    long increments = counters.stream().mapToLong(CrashCounter::acknowledged).sum();
    System.out.println("CrashTest: " + writes + " versions, " + increments + " increments");
    assertTrue(writes > 2L * ROUNDS, "hardly anything was written, seed " + seed);
    assertTrue(increments > ROUNDS, "hardly anything was counted, seed " + seed);
  }

  private static ServerProcess start(Path data) {
    return ServerProcess.start(data, "--replication-groups", "3");
  }

  private void killWhileStarting(Path data) throws InterruptedException {
    try (ServerProcess server = ServerProcess.launch(data)) {
      Thread.sleep(random.nextInt(START_MILLIS_MAX));
      server.kill();
    }
  }

  private static void createTable(RawClient client, String name) {
    createTable(client, name, KEYS_ONLY);
  }

  private static void createTable(RawClient client, String name, String more) {
    RawClient.Answer answer =
        client.post(
            "CreateTable",
            """
            {'TableName':'%s','BillingMode':'PAY_PER_REQUEST',
             'KeySchema':[{'AttributeName':'p','KeyType':'HASH'},
                          {'AttributeName':'s','KeyType':'RANGE'}],%s}\
            """
                .formatted(name, more));
    assertEquals(200, answer.status(), answer::text);
  }

  private void loadAndKill(ServerProcess server, RawClient client, int round)
      throws InterruptedException, ExecutionException, TimeoutException {
    int millis = random.nextInt(LOAD_MILLIS_MIN, LOAD_MILLIS_MAX);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (CrashWriter writer : writers) {
        running.add(threads.submit(() -> writer.writeUntilGone(client)));
      }
      for (CrashCounter counter : counters) {
        for (int i = 0; i < CLIENTS_PER_COUNTER; i++) {
          running.add(threads.submit(() -> counter.raiseUntilGone(client)));
        }
      }
      Future<?> tableChanges = threads.submit(() -> changeTables(client, round));
      Thread.sleep(millis);
      server.kill();
      for (Future<?> one : running) {
        one.get(60, TimeUnit.SECONDS);
      }
      tableChanges.get(60, TimeUnit.SECONDS);
    }
  }

  /** Creates a table and deletes another, and notes what is certain. */
  private void changeTables(RawClient client, int round) {
    String created = "round-" + round;
    uncertainTables.add(created);
    try {
      createTable(client, created);
      tables.add(created);
      uncertainTables.remove(created);
      for (String deleted : List.copyOf(tables)) {
        if (deleted.startsWith("round-") && round % 2 == 0) {
          tables.remove(deleted);
          uncertainTables.add(deleted);
          RawClient.Answer answer = client.post("DeleteTable", "{'TableName':'" + deleted + "'}");
          assertEquals(200, answer.status(), answer::text);
          uncertainTables.remove(deleted);
        }
      }
    } catch (UncheckedIOException gone) {
      // What was under way is among the uncertain tables.
    }
  }

  private void check(RawClient client, int round) {
    String context = "round " + round + ", seed " + seed;
    List<String> wrong = new ArrayList<>();
    Map<String, Map<String, Json.ObjectOf>> collections = new TreeMap<>();
    long bytes = 0;
    long count = 0;
    for (Json.ObjectOf item : scan(client)) {
      bytes += size(item);
      count++;
      collections
          .computeIfAbsent(CrashWriter.value(item, "p", "S"), name -> new HashMap<>())
          .put(CrashWriter.value(item, "s", "S"), item);
    }
    for (CrashWriter writer : writers) {
      wrong.addAll(writer.check(collections.getOrDefault(writer.name(), Map.of())));
    }
    for (CrashCounter counter : counters) {
      String problem = counter.check(counter.read(client));
      if (!problem.isEmpty()) {
        wrong.add(problem);
      }
    }
    assertEquals(List.of(), wrong, context);
    Json.ObjectOf description = describe(client, ITEMS);
    assertEquals(Json.number((double) count), description.members().get("ItemCount"), context);
    assertEquals(Json.number((double) bytes), description.members().get("TableSizeBytes"), context);
    RawClient.Answer indexes = client.postToAdmin("check-index", "{'TableName':'" + ITEMS + "'}");
    assertEquals(
        Optional.of(Json.flag(true)),
        indexes.json().member("Consistent"),
        context + indexes.text());
    checkTables(client, context);
  }

  private void checkTables(RawClient client, String context) {
    RawClient.Answer answer = client.post("ListTables", "{}");
    Set<String> listed = new HashSet<>();
    for (Json name : ((Json.ArrayOf) answer.json().member("TableNames").orElseThrow()).elements()) {
      listed.add(((Json.Text) name).text());
    }
    for (String table : listed) {
      assertEquals("ACTIVE", describe(client, table).text("TableStatus").orElse(""), context);
    }
    Set<String> missing = new HashSet<>(tables);
    missing.removeAll(listed);
    assertEquals(Set.of(), missing, "tables lost, " + context);
    Set<String> tooMany = new HashSet<>(listed);
    tooMany.removeAll(tables);
    tooMany.removeAll(uncertainTables);
    assertEquals(Set.of(), tooMany, "tables back, " + context);
    listed.stream().filter(uncertainTables::contains).forEach(tables::add);
    uncertainTables.clear();
  }

  private static Json.ObjectOf describe(RawClient client, String table) {
    RawClient.Answer answer = client.post("DescribeTable", "{'TableName':'" + table + "'}");
    assertEquals(200, answer.status(), answer::text);
    return (Json.ObjectOf) answer.json().member("Table").orElseThrow();
  }

  private static List<Json.ObjectOf> scan(RawClient client) {
    List<Json.ObjectOf> items = new ArrayList<>();
    String start = "";
    do {
      RawClient.Answer answer =
          client.post("Scan", "{'TableName':'" + ITEMS + "','ConsistentRead':true" + start + "}");
      assertEquals(200, answer.status(), answer::text);
      Json.ObjectOf page = answer.json();
      for (Json item : ((Json.ArrayOf) page.member("Items").orElseThrow()).elements()) {
        items.add((Json.ObjectOf) item);
      }
      start =
          page.member("LastEvaluatedKey")
              .map(key -> ",'ExclusiveStartKey':" + key.print())
              .orElse("");
    } while (!start.isEmpty());
    return items;
  }

  /** By AWS's rules: names and values in bytes. */
  private static long size(Json.ObjectOf item) {
    long bytes = 0;
    for (Map.Entry<String, Json> attribute : item.members().entrySet()) {
      Json.ObjectOf value = (Json.ObjectOf) attribute.getValue();
      bytes += attribute.getKey().length();
      bytes +=
          value
              .text("S")
              .map(text -> text.getBytes(StandardCharsets.UTF_8).length)
              .orElseGet(() -> Base64.getDecoder().decode(value.text("B").orElseThrow()).length);
    }
    return bytes;
  }
}
