package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** What streams and expiry times are after the server was killed. */
class StreamsRestartTest {
  private static final int CHANGES = 200;

  @TempDir private Path directory;

  private Server start() {
    return Server.of(ServerProcess.start(directory.resolve("data"), "--replication-groups", "2"));
  }

  private static void put(DynamoDbClient client, String p, long expires) {
    client.putItem(r ->
        r.tableName("abc")
            .item(Values.item("p", Values.string(p), "expires", Values.number(expires))));
  }

  @Test
  void recordsShardsIteratorsAndExpiryTimesSurviveAKill() {
    List<Record> before;
    List<Shard> shards;
    List<String> iterators = new ArrayList<>();
    String arn;
    long soon;
    try (Server server = start();
        DynamoDbStreamsClient streams = SdkClients.streams(server.address())) {
      DynamoDbClient client = server.sdk();
      client.createTable(
          Tables.request("abc", ScalarAttributeType.S)
              .streamSpecification(
                  s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE))
              .build());
      client.waiter().waitUntilTableExists(r -> r.tableName("abc"));
      client.updateTimeToLive(r ->
          r.tableName("abc")
              .timeToLiveSpecification(s -> s.enabled(true).attributeName("expires")));
      for (int change = 1; change < CHANGES; change++) {
        put(client, "key" + change, Instant.now().getEpochSecond() + 3_600);
      }
      soon = Instant.now().getEpochSecond() + 12;
      put(client, "key0", soon);
      arn = client.describeTable(r -> r.tableName("abc")).table().latestStreamArn();
      StreamReader reader = new StreamReader(streams, arn);
      before = reader.next(CHANGES);
      shards = reader.shards();
      for (Shard shard : shards) {
        iterators.add(reader.iterator(shard.shardId(), ShardIteratorType.TRIM_HORIZON));
      }
      server.process().kill();
    }
    try (Server server = start();
        DynamoDbStreamsClient streams = SdkClients.streams(server.address())) {
      List<Record> after = new ArrayList<>();
      for (String iterator : iterators) {
        streams.getRecords(r -> r.shardIterator(iterator)).records().stream()
            .filter(each -> each.userIdentity() == null)
            .forEach(after::add);
      }
      assertEquals(before, after);
      StreamReader reader = new StreamReader(streams, arn);
      assertEquals(shards, reader.shards());
      Record expired =
          reader.next(CHANGES + 1).stream()
              .filter(each -> each.userIdentity() != null)
              .findFirst()
              .orElseThrow();
      assertEquals("key0", Values.of(expired.dynamodb().keys(), "p").s());
      assertTrue(expired.dynamodb().approximateCreationDateTime().getEpochSecond() >= soon);
    }
  }
}
