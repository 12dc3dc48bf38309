package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that are slow, greedy or mad. Whatever they do, memory stays bounded and the next proper
 * request is answered.
 */
class BadInputTest {
  /** A heap of 512 MB, caches and write buffers outside of it, network buffers and the JVM. */
  private static final long RESIDENT_BYTES_MAX = 1_600L << 20;

  private static final int IDLE_CONNECTIONS = 2_000;
  private static final int FUZZ_REQUESTS = 3_000;
  private static final Set<Integer> STATUSES = Set.of(200, 400, 404, 413, 500, 503);

  private static final String TABLE =
      """
      {'TableName':'victim','BillingMode':'PAY_PER_REQUEST',
       'AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'}],
       'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}]}\
      """;

  private static final List<String> SAMPLES =
      List.of(
          "PutItem {'TableName':'victim',"
              + "'Item':{'p':{'S':'x'},'a':{'L':[{'M':{'b':{'SS':['c']}}}]}},"
              + "'ConditionExpression':'attribute_not_exists(a[0].b) OR a[0].b = :v',"
              + "'ExpressionAttributeValues':{':v':{'NS':['1','2']}}}",
          "UpdateItem {'TableName':'victim','Key':{'p':{'S':'x'}},'UpdateExpression':'SET a = "
              + "if_not_exists(a, :v) + :w, #b = list_append(#b, :l) REMOVE c[1] ADD d :s',"
              + "'ExpressionAttributeNames':{'#b':'bb'},"
              + "'ExpressionAttributeValues':{':v':{'N':'1'},"
              + "':w':{'N':'-1e5'},':l':{'L':[]},':s':{'BS':['YQ==']}}}",
          "Query {'TableName':'victim','KeyConditionExpression':'p = :p','FilterExpression':"
              + "'size(a) > :n AND NOT contains(b, :p)','ExpressionAttributeValues':"
              + "{':p':{'S':'x'},':n':{'N':'3'}},'Limit':10,'ScanIndexForward':false}",
          "BatchWriteItem {'RequestItems':{'victim':[{'PutRequest':{'Item':{'p':{'S':'y'}}}},"
              + "{'DeleteRequest':{'Key':{'p':{'S':'z'}}}}]}}",
          "Scan {'TableName':'victim','Segment':0,'TotalSegments':3,"
              + "'ProjectionExpression':'a[0].b'}",
          "CreateTable " + TABLE.replace("victim", "fuzzed"));

  private final long seed = Seeds.next("BadInputTest");
  private final Random random = new Random(seed);

  private static void ready(RawClient client) {
    RawClient.Answer created = client.post("CreateTable", TABLE);
    assertEquals(200, created.status(), created::text);
  }

  private void assertWell(ServerProcess server, RawClient client) throws IOException {
    String context = "seed " + seed;
    RawClient.Answer put =
        client.post("PutItem", "{'TableName':'victim','Item':{'p':{'S':'well'}}}");
    assertEquals(200, put.status(), put::text);
    RawClient.Answer got =
        client.post("GetItem", "{'TableName':'victim','Key':{'p':{'S':'well'}}}");
    assertTrue(got.text().contains("well"), context);
    assertTrue(server.isAlive(), context);
    long resident = server.residentBytes().orElse(0L);
    assertTrue(resident < RESIDENT_BYTES_MAX, resident + " bytes resident, " + context);
  }

  @Test
  void idleAndHalfOpenConnectionsCostLittle(@TempDir Path directory) throws IOException {
    List<WireConnection> connections = new ArrayList<>();
    try (ServerProcess server = ServerProcess.start(directory.resolve("data"));
        RawClient client = new RawClient(server.address())) {
      ready(client);
      long before = server.residentBytes().orElse(0L);
      for (int i = 0; i < IDLE_CONNECTIONS; i++) {
        WireConnection connection = new WireConnection(server.address());
        connections.add(connection);
        switch (i % 4) {
          case 0 -> connection.send("POST / HT");
          case 1 -> connection.send("POST / HTTP/1.1\r\nContent-Length: 16000000\r\n");
          case 2 -> connection.send(WireConnection.head("PutItem", "Content-Length: 9000") + "{");
          default -> {
            // It says nothing at all.
          }
        }
      }
      assertWell(server, client);
      long grown = server.residentBytes().orElse(0L) - before;
      assertTrue(grown < 200L << 20, grown + " bytes for " + IDLE_CONNECTIONS + " connections");
    } finally {
      for (WireConnection connection : connections) {
        connection.close();
      }
    }
  }

  @Test
  void manyLargeBodiesAtOnceAreBounded(@TempDir Path directory) throws Exception {
    int clients = 60;
    int bodyBytes = 15 << 20;
    try (ServerProcess server = ServerProcess.start(directory.resolve("data"));
        RawClient client = new RawClient(server.address());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ready(client);
      byte[] body = ("{\"x\":\"" + "y".repeat(bodyBytes)).getBytes(StandardCharsets.UTF_8);
      List<Future<Integer>> statuses = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        statuses.add(
            threads.submit(() -> {
              try (WireConnection connection = new WireConnection(server.address())) {
                connection.send(
                    WireConnection.head("PutItem", "Content-Length: " + (body.length + 100)));
                connection.send(body);
                // The rest never comes, but the server holds what did.
                Thread.sleep(500);
                return 0;
              } catch (IOException refused) {
                return 1;
              }
            }));
      }
      for (Future<Integer> status : statuses) {
        status.get(120, TimeUnit.SECONDS);
      }
      assertWell(server, client);
    }
  }

  @Test
  void clientsThatDoNotReadTheirAnswersAreHeldBack(@TempDir Path directory) throws IOException {
    List<WireConnection> connections = new ArrayList<>();
    try (ServerProcess server = ServerProcess.start(directory.resolve("data"));
        RawClient client = new RawClient(server.address())) {
      ready(client);
      String item = "b".repeat(390_000);
      for (int i = 0; i < 3; i++) {
        client.post(
            "PutItem",
            "{'TableName':'victim','Item':{'p':{'S':'" + i + "'},'b':{'S':'" + item + "'}}}");
      }
      String scans = WireConnection.request("Scan", "{\"TableName\":\"victim\"}").repeat(200);
      for (int i = 0; i < 20; i++) {
        WireConnection connection = new WireConnection(server.address());
        connections.add(connection);
        // 200 answers of a megabyte each are asked for and never read.
        connection.send(scans);
      }
      Thread.sleep(2_000);
      assertWell(server, client);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } finally {
      for (WireConnection connection : connections) {
        connection.close();
      }
    }
  }

  @Test
  void mutilatedJsonIsAnsweredAlways(@TempDir Path directory) throws IOException {
    try (ServerProcess server = ServerProcess.start(directory.resolve("data"));
        RawClient client = new RawClient(server.address())) {
      ready(client);
      for (int i = 0; i < FUZZ_REQUESTS; i++) {
        String[] sample = SAMPLES.get(random.nextInt(SAMPLES.size())).split(" ", 2);
        byte[] body = mutilated(sample[1].replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        RawClient.Answer answer = client.send(sample[0], body, Map.of());
        String context =
            answer.status() + " to " + new String(body, StandardCharsets.UTF_8) + ", seed " + seed;
        assertTrue(STATUSES.contains(answer.status()), context);
        assertTrue(answer.status() != 500, context);
        assertTrue(answer.status() == 200 || !answer.errorType().isEmpty(), context);
      }
      assertWell(server, client);
    }
  }

  private byte[] mutilated(byte[] body) {
    byte[] changed = body.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && changed.length > 0; i++) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(6)) {
        case 0 -> changed[at] = (byte) random.nextInt(256);
        case 1 -> changed[at] = (byte) "{}[]\",:\\0e-.n".charAt(random.nextInt(13));
        case 2 -> changed = joined(changed, 0, at, at, 0);
        case 3 -> {
          int end = Math.min(changed.length, at + 1 + random.nextInt(20));
          changed = joined(changed, 0, at, end, changed.length);
        }
        case 4 -> {
          int end = Math.min(changed.length, at + 1 + random.nextInt(20));
          changed = joined(changed, 0, end, at, changed.length);
        }
        default -> changed[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return changed;
  }

  /**
   * Two parts of the bytes, one after the other; an empty second part if it ends before it starts.
   */
  private static byte[] joined(byte[] bytes, int start, int end, int secondStart, int secondEnd) {
    int second = Math.max(0, secondEnd - secondStart);
    byte[] joined = new byte[end - start + second];
    System.arraycopy(bytes, start, joined, 0, end - start);
    System.arraycopy(bytes, secondStart, joined, end - start, second);
    return joined;
  }

  @Test
  void deepJsonDoesNotOverflowTheStack(@TempDir Path directory) throws IOException {
    try (ServerProcess server = ServerProcess.start(directory.resolve("data"));
        RawClient client = new RawClient(server.address())) {
      ready(client);
      int depth = 100_000;
      List<String> bodies =
          List.of(
              "{'TableName':'victim','Item':{'p':{'S':'x'},'a':"
                  + "{'L':[".repeat(depth)
                  + "]}".repeat(depth)
                  + "}}",
              "{'unknown':" + "[".repeat(depth) + "]".repeat(depth) + "}",
              "{'unknown':" + "{'a':".repeat(depth) + "1" + "}".repeat(depth) + "}",
              "{'TableName':'victim','Item':{'p':{'S':'x'}},'ConditionExpression':'"
                  + "(".repeat(4_000)
                  + "'}",
              "{'TableName':'victim','Item':{'p':{'S':'x'}},'ConditionExpression':'"
                  + "NOT ".repeat(1_000)
                  + "a'}");
      for (String body : bodies) {
        RawClient.Answer answer = client.post("PutItem", body);
        assertTrue(
            answer.status() == 400 || answer.status() == 200,
            answer.status() + " " + body.substring(0, 60));
      }
      assertWell(server, client);
    }
  }
}
