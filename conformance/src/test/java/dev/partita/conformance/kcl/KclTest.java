package dev.partita.conformance.kcl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.conformance.RawClient;
import dev.partita.conformance.ServerProcess;
import dev.partita.testing.reference.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The Kinesis Client Library 3.x through the DynamoDB Streams adapter 2.x, with its leases in
 * Partita as well: every change of every item comes in order, across shards that roll over, and
 * across the death of a worker.
 *
 * <p>What the two need, as their sources have it:
 *
 * <ul>
 *   <li>The ARN of a stream is {@code arn:aws:dynamodb:REGION:12 digits:table/NAME/stream/LABEL}
 *       with a region that the SDK knows. The label has no {@code _} and no {@code $}, because it
 *       becomes part of a name with colons replaced by {@code _} and must come back from it.
 *   <li>DescribeStream without Limit, page after page by ExclusiveStartShardId until there is no
 *       LastEvaluatedShardId; each shard with its StartingSequenceNumber. A shard that has children
 *       counts as closed whether it is or not; a stream that is DISABLED has its last shards read.
 *   <li>A shard's id is {@code shardId-MILLIS-SOMETHING}, where MILLIS is when it was opened:
 *       leases of shards younger than six hours are kept.
 *   <li>Sequence numbers are decimal digits, and grow along a shard.
 *   <li>GetShardIterator with TRIM_HORIZON, LATEST and AFTER_SEQUENCE_NUMBER, also with the number
 *       of the last record that was read long ago. TrimmedDataAccessException leads to
 *       TRIM_HORIZON, ResourceNotFoundException to the end of the shard.
 *   <li>GetRecords with Limit 1000; every record with SequenceNumber and
 *       ApproximateCreationDateTime. Only the end of a closed shard has no NextShardIterator.
 *   <li>At that end DescribeStream with {@code ShardFilter} {@code CHILD_SHARDS}, which must answer
 *       with all children in one page within ten attempts, about six seconds.
 *   <li>Throttling is {@code ThrottlingException} or {@code LimitExceededException}, an old
 *       iterator ExpiredIteratorException.
 *   <li>Three tables: leases (updated with {@code AttributeUpdates} and {@code Expected}, scanned,
 *       and queried through the global index {@code LeaseOwnerToLeaseKeyIndex}, which is added with
 *       UpdateTable and awaited with DescribeTable), the coordinator's state (a lock of the
 *       DynamoDB lock client, with conditions), the workers' statistics (the enhanced client).
 * </ul>
 */
class KclTest {
  private static final int WRITERS = 3;
  private static final String APPLICATION = "consumer";
  private static final String TABLE = "changing";

  @TempDir private Path directory;

  private final List<KclWorkerProcess> workers = new ArrayList<>();
  private final List<ChangingItems> writers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * One run.
   *
   * @param groups replication groups of the server
   * @param firstStart whether the application starts for the first time. Then its workers wait up
   *     to 30 s for one another; else they find its tables and leases.
   */
  @ParameterizedTest
  @CsvSource({"1, false", "4, true"})
  void everyChangeComesInOrder(int groups, boolean firstStart) throws Exception {
    long seed = new Random().nextLong();
    try (ServerProcess server =
            ServerProcess.start(
                directory.resolve("data"),
                "--in-memory",
                "--test-controls",
                "--replication-groups",
                Integer.toString(groups));
        RawClient client = new RawClient(server.address())) {
      String streamArn = createTable(client);
      if (!firstStart) {
        leaveLeases(client, server.address(), streamArn);
      }
      startWriters(server.address(), seed);

      KclWorkerProcess first = startWorker(server.address(), streamArn, "first");
      await(120, first, () -> first.lines("record").size() >= 300);
      rollShards(server.address());
      await(60, first, () -> !first.lines("ended").isEmpty() && recordsOfYoungShards(first) >= 100);
      rollShards(server.address());
      first.kill();
      int ofTheFirst = first.lines("record").size();
      endLeadership(client);

      KclWorkerProcess second = startWorker(server.address(), streamArn, "second");
      await(120, second, () -> recordsOfYoungShards(second) >= 300);
      rollShards(server.address());
      await(60, second, () -> second.lines("ended").size() > second.lines("shard").size() / 2);
      stopWriters();
      Map<String, List<String>> expected = expected();
      await(60, second, () -> missing(expected, List.of(first, second)).isEmpty());
      assertEquals(0, second.stop(), () -> log("second"));

      assertTrue(ofTheFirst < total(expected), "the first worker saw everything");
      assertInOrder(expected, first, "first, seed " + seed);
      assertInOrder(expected, second, "second, seed " + seed);
    } finally {
      writers.forEach(ChangingItems::stop);
      workers.forEach(KclWorkerProcess::close);
    }
  }

  private static String createTable(RawClient client) {
    ok(
        client.post(
            "CreateTable",
            "{'TableName':'"
                + TABLE
                + "','BillingMode':'PAY_PER_REQUEST',"
                + "'AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'}],"
                + "'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}],'StreamSpecification':"
                + "{'StreamEnabled':true,'StreamViewType':'NEW_AND_OLD_IMAGES'}}"));
    Json.ObjectOf table =
        (Json.ObjectOf)
            ok(client.post("DescribeTable", "{'TableName':'" + TABLE + "'}"))
                .json()
                .member("Table")
                .orElseThrow();
    return table.text("LatestStreamArn").orElseThrow();
  }

  /** The application ran before and has a lease for each shard, none of which was read yet. */
  private static void leaveLeases(RawClient client, URI server, String streamArn) {
    ok(
        client.post(
            "CreateTable",
            "{'TableName':'"
                + APPLICATION
                + "','BillingMode':'PAY_PER_REQUEST',"
                + "'AttributeDefinitions':[{'AttributeName':'leaseKey','AttributeType':'S'}],"
                + "'KeySchema':[{'AttributeName':'leaseKey','KeyType':'HASH'}]}"));
    try (DynamoDbStreamsClient streams = KclWorker.streams(server)) {
      streams
          .describeStream(request -> request.streamArn(streamArn))
          .streamDescription()
          .shards()
          .forEach(shard ->
              ok(
                  client.post(
                      "PutItem",
                      ("{'TableName':'%s','Item':{'leaseKey':{'S':'%s'},'leaseCounter':{'N':'1'},"
                              + "'ownerSwitchesSinceCheckpoint':{'N':'0'},"
                              + "'checkpoint':{'S':'TRIM_HORIZON'},"
                              + "'checkpointSubSequenceNumber':{'N':'0'},"
                              + "'startingHashKey':{'S':'0'},'endingHashKey':{'S':'1'}}}")
                          .formatted(APPLICATION, shard.shardId()))));
    }
  }

  /**
   * The leader among the workers holds a lock for two minutes after its last sign of life. They are
   * over sooner here.
   */
  private static void endLeadership(RawClient client) {
    ok(
        client.post(
            "DeleteItem",
            "{'TableName':'" + APPLICATION + "-CoordinatorState','Key':{'key':{'S':'Leader'}}}"));
  }

  private static void rollShards(URI server) throws IOException, InterruptedException {
    HttpRequest roll =
        HttpRequest.newBuilder(server.resolve("/_partita/test-controls/roll-shards"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"TableName\":\"" + TABLE + "\"}"))
            .build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> answer = client.send(roll, HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer::body);
    }
  }

  private static RawClient.Answer ok(RawClient.Answer answer) {
    assertEquals(200, answer.status(), answer::text);
    return answer;
  }

  private void startWriters(URI server, long seed) {
    for (int i = 0; i < WRITERS; i++) {
      ChangingItems writer = new ChangingItems(server, TABLE, "writer" + i, seed + i);
      writers.add(writer);
      threads.add(Thread.ofPlatform().daemon().name("writer-" + i).start(writer));
    }
  }

  private void stopWriters() throws InterruptedException {
    writers.forEach(ChangingItems::stop);
    for (Thread thread : threads) {
      assertTrue(thread.join(Duration.ofSeconds(30)), "a writer does not end");
    }
  }

  private Map<String, List<String>> expected() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    writers.forEach(writer -> all.putAll(writer.expected()));
    return all;
  }

  private KclWorkerProcess startWorker(URI server, String streamArn, String name) {
    KclWorkerProcess worker =
        KclWorkerProcess.start(server, streamArn, APPLICATION, name, logFile(name));
    workers.add(worker);
    return worker;
  }

  private Path logFile(String worker) {
    return directory.resolve(worker + ".log");
  }

  private String log(String worker) {
    try {
      List<String> lines = Files.readAllLines(logFile(worker));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void await(int seconds, KclWorkerProcess worker, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(worker.isAlive(), () -> "the worker has ended\n" + log("first") + log("second"));
      assertTrue(
          System.nanoTime() < deadline,
          () ->
              "%d records, %s, %s\n%s\n%s"
                  .formatted(
                      worker.lines("record").size(),
                      worker.lines("shard"),
                      worker.lines("ended"),
                      log("first"),
                      log("second")));
      Thread.sleep(50);
    }
  }

  /** Records of shards that were opened when an earlier one had been read to its end. */
  private static long recordsOfYoungShards(KclWorkerProcess worker) {
    List<String> ended =
        worker.lines("ended").stream().map(line -> line.split(" ", -1)[1]).toList();
    String last = ended.stream().max(String::compareTo).orElse("~");
    return worker.lines("record").stream()
        .filter(line -> line.split(" ", -1)[1].compareTo(last) > 0)
        .count();
  }

  /** What each item's changes were, as the worker printed them. */
  private static Map<String, List<String>> seen(KclWorkerProcess worker) {
    Map<String, List<String>> seen = new HashMap<>();
    for (String line : worker.lines("record")) {
      String[] words = line.split(" ", 4);
      seen.computeIfAbsent(words[2], none -> new ArrayList<>()).add(words[3]);
    }
    return seen;
  }

  private static Set<String> missing(
      Map<String, List<String>> expected, List<KclWorkerProcess> workers) {
    Set<String> missing = new TreeSet<>();
    expected.forEach(
        (item, changes) -> changes.forEach(change -> missing.add(item + " " + change)));
    for (KclWorkerProcess worker : workers) {
      seen(worker)
          .forEach(
              (item, changes) -> changes.forEach(change -> missing.remove(item + " " + change)));
    }
    return missing;
  }

  private static int total(Map<String, List<String>> expected) {
    return expected.values().stream().mapToInt(List::size).sum();
  }

  /** What a worker saw of an item is a run of that item's changes without a gap or a repetition. */
  private static void assertInOrder(
      Map<String, List<String>> expected, KclWorkerProcess worker, String name) {
    Map<String, List<String>> seen = seen(worker);
    assertFalse(seen.isEmpty(), name + " saw nothing");
    seen.forEach((item, changes) -> {
      List<String> all = expected.getOrDefault(item, List.of());
      int from = all.indexOf(changes.getFirst());
      assertTrue(from >= 0, () -> item + ": " + changes.getFirst() + " never happened");
      int to = Math.min(all.size(), from + changes.size());
      assertEquals(all.subList(from, to), changes, item + " as seen by the " + name);
    });
  }
}
