package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.reference.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server finds on the disk when it starts, and when it refuses to start. */
class RestartTest {
  private static final int ITEMS = 300;
  private static final String TABLE =
      """
      {'TableName':'kept','BillingMode':'PROVISIONED','DeletionProtectionEnabled':true,
       'ProvisionedThroughput':{'ReadCapacityUnits':3000,'WriteCapacityUnits':1000},
       'AttributeDefinitions':[{'AttributeName':'p','AttributeType':'N'}],
       'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}],
       'Tags':[{'Key':'colour','Value':'blue'}]}\
      """;

  @TempDir private Path directory;

  private Path data() {
    return directory.resolve("data");
  }

  private static RawClient.Answer ok(RawClient.Answer answer) {
    assertEquals(200, answer.status(), answer::text);
    return answer;
  }

  private static void fill(RawClient client) {
    ok(client.post("CreateTable", TABLE));
    for (int i = 0; i < ITEMS; i++) {
      ok(
          client.post(
              "PutItem",
              ("{'TableName':'kept','Item':{'p':{'N':'%d'},'text':{'S':'%s'},"
                      + "'list':{'L':[{'M':{}}]}}}")
                  .formatted(i, "x".repeat(i))));
    }
    ok(client.post("DeleteItem", "{'TableName':'kept','Key':{'p':{'N':'0'}}}"));
  }

  /** Everything that a client can see of the data, without what belongs to one server. */
  private static List<String> everything(RawClient client) {
    Json.ObjectOf table =
        (Json.ObjectOf)
            ok(client.post("DescribeTable", "{'TableName':'kept'}"))
                .json()
                .member("Table")
                .orElseThrow();
    String arn = table.text("TableArn").orElseThrow();
    return List.of(
        table.print(),
        ok(client.post("ListTagsOfResource", "{'ResourceArn':'" + arn + "'}")).text(),
        ok(client.post("Scan", "{'TableName':'kept','ConsistentRead':true}")).text());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tablesTagsAndItemsSurvive(boolean killed) {
    List<String> before;
    try (ServerProcess server = ServerProcess.start(data());
        RawClient client = new RawClient(server.address())) {
      fill(client);
      before = everything(client);
      if (killed) {
        server.kill();
      } else {
        assertEquals(0, server.terminate());
      }
    }
    try (ServerProcess server = ServerProcess.start(data());
        RawClient client = new RawClient(server.address())) {
      assertEquals(before, everything(client));
      RawClient.Answer protectedTable = client.post("DeleteTable", "{'TableName':'kept'}");
      assertEquals("ValidationException", protectedTable.errorType());
      ok(client.post("PutItem", "{'TableName':'kept','Item':{'p':{'N':'0'}}}"));
      Json.ObjectOf table =
          (Json.ObjectOf)
              client
                  .post("DescribeTable", "{'TableName':'kept'}")
                  .json()
                  .member("Table")
                  .orElseThrow();
      assertEquals(Json.number(ITEMS), table.members().get("ItemCount"));
    }
  }

  @Test
  void theNumberOfReplicationGroupsIsThatOfTheDirectory() {
    List<String> before;
    try (ServerProcess server = ServerProcess.start(data(), "--replication-groups", "4");
        RawClient client = new RawClient(server.address())) {
      fill(client);
      before = everything(client);
    }
    try (ServerProcess server = ServerProcess.start(data(), "--replication-groups", "2");
        RawClient client = new RawClient(server.address())) {
      assertEquals(before, everything(client));
    }
  }

  @Test
  void aSecondServerOnTheSameDirectoryIsRefused() {
    try (ServerProcess first = ServerProcess.start(data());
        ServerProcess second = ServerProcess.launch(data())) {
      assertEquals(1, second.awaitExit());
      assertEquals(1, second.output().size(), () -> String.join("\n", second.output()));
      String line = second.output().getFirst();
      assertTrue(line.contains(data().toString()) && line.contains("in use"), line);
      try (RawClient client = new RawClient(first.address())) {
        ok(client.post("ListTables", "{}"));
      }
    }
  }

  @Test
  void inMemoryNothingIsKept() throws IOException {
    try (ServerProcess server = ServerProcess.start(data(), "--in-memory");
        RawClient client = new RawClient(server.address())) {
      fill(client);
      assertEquals(0, server.terminate());
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void aFlippedBitInTheLogStopsTheStartAndSaysWhere() throws IOException {
    try (ServerProcess server = ServerProcess.start(data(), "--replication-groups", "1");
        RawClient client = new RawClient(server.address())) {
      fill(client);
      server.kill();
    }
    Path log = largestLog();
    long length = Files.size(log);
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.seek(length / 2);
      int old = file.read();
      file.seek(length / 2);
      file.write(old ^ 0x10);
    }
    try (ServerProcess server = ServerProcess.launch(data())) {
      assertEquals(1, server.awaitExit());
      assertEquals(1, server.output().size(), () -> String.join("\n", server.output()));
      String line = server.output().getFirst();
      assertTrue(line.contains(log.toString()), line);
      assertTrue(line.contains(" at byte "), line);
      long position = Long.parseLong(line.replaceAll(".* at byte ([0-9]+).*", "$1"));
      assertTrue(position <= length / 2 && position > length / 2 - 32_768, line);
    }
  }

  private Path largestLog() throws IOException {
    try (Stream<Path> files = Files.walk(data())) {
      return files
          .filter(path -> path.getFileName().toString().endsWith(".log"))
          .max(Comparator.comparingLong(path -> path.toFile().length()))
          .orElseThrow();
    }
  }

  @Test
  void wrongOptionsAreAllNamed() {
    try (ServerProcess server =
        ServerProcess.launch(data(), "--durability", "often", "--region", "Mars!")) {
      assertEquals(2, server.awaitExit());
      List<String> lines = server.output();
      assertEquals(2, lines.size(), () -> String.join("\n", lines));
      assertTrue(
          IntStream.range(0, 2).allMatch(i -> lines.get(i).startsWith("partita: --")),
          () -> String.join("\n", lines));
    }
  }
}
