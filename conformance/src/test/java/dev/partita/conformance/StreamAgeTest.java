package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Streams that grow old, on a server whose clock the test moves. */
class StreamAgeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String DAY = "{'By':'25h'}";
  private static final String TABLE = "{'TableName':'abc'}";

  @TempDir private Path directory;
  private Server server;
  private DynamoDbClient client;
  private DynamoDbStreamsClient streams;
  private String arn;

  @BeforeEach
  void start() {
    server =
        Server.of(
            ServerProcess.start(
                directory.resolve("data"), "--test-controls", "--replication-groups", "2"));
    client = server.sdk();
    streams = SdkClients.streams(server.address());
    client.createTable(
        Tables.request("abc", ScalarAttributeType.S)
            .streamSpecification(
                s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE))
            .build());
    client.waiter().waitUntilTableExists(r -> r.tableName("abc"));
    arn = client.describeTable(r -> r.tableName("abc")).table().latestStreamArn();
  }

  @AfterEach
  void stop() {
    streams.close();
    server.close();
  }

  private String control(String name, String body) {
    RawClient.Answer answer = server.raw().postToAdmin("test-controls/" + name, body);
    assertEquals(200, answer.status(), answer::text);
    return answer.text().replaceAll("\\s", "");
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

  private void put(String value) {
    client.putItem(r ->
        r.tableName("abc").item(Values.item("p", Values.string("a"), "v", Values.string(value))));
  }

  private static List<String> values(List<Record> records) {
    return records.stream().map(each -> Values.of(each.dynamodb().newImage(), "v").s()).toList();
  }

  private String iterator(String shard, String number) {
    return streams
        .getShardIterator(r ->
            r.streamArn(arn)
                .shardId(shard)
                .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                .sequenceNumber(number))
        .shardIterator();
  }

  private String shardOf(StreamReader reader) {
    for (Shard shard : reader.shards()) {
      String horizon = reader.iterator(shard.shardId(), ShardIteratorType.TRIM_HORIZON);
      if (!streams.getRecords(r -> r.shardIterator(horizon)).records().isEmpty()) {
        return shard.shardId();
      }
    }
    throw new AssertionError("no shard has records");
  }

  @Test
  void childrenTakeOverFromShards() {
    StreamReader reader = new StreamReader(streams, arn);
    put("one");
    assertEquals(List.of("one"), values(reader.next(1)));
    List<Shard> parents = reader.shards();
    String told = control("roll-shards", TABLE);
    assertTrue(told.contains("\"RolledShards\":" + parents.size()), told);
    put("two");
    put("three");
    assertEquals(List.of("two", "three"), values(reader.next(2)));
    assertEquals(List.of("one", "two", "three"), values(new StreamReader(streams, arn).next(3)));
    List<Shard> all = reader.shards();
    assertEquals(2 * parents.size(), all.size());
    for (Shard parent : parents) {
      Shard closed =
          all.stream()
              .filter(shard -> shard.shardId().equals(parent.shardId()))
              .findFirst()
              .orElseThrow();
      String end = closed.sequenceNumberRange().endingSequenceNumber();
      assertNotNull(end);
      List<Shard> children =
          all.stream().filter(shard -> parent.shardId().equals(shard.parentShardId())).toList();
      assertEquals(1, children.size());
      String start = children.getFirst().sequenceNumberRange().startingSequenceNumber();
      assertTrue(end.compareTo(start) < 0, end + " " + start);
    }
  }

  @Test
  void recordsGoAfterADay() {
    StreamReader reader = new StreamReader(streams, arn);
    put("one");
    Record one = reader.next(1).getFirst();
    String shard = shardOf(reader);
    String number = one.dynamodb().sequenceNumber();
    String iterator = iterator(shard, number);
    control("shift-clock", DAY);
    assertThrows(
        ExpiredIteratorException.class, () -> streams.getRecords(r -> r.shardIterator(iterator)));
    await(() -> new StreamReader(streams, arn).next().isEmpty());
    assertThrows(TrimmedDataAccessException.class, () -> iterator(shard, number));
    put("two");
    StreamReader later = new StreamReader(streams, arn);
    assertEquals(List.of("two"), values(later.next(1)));
    control("shift-clock", DAY);
    await(() -> later.shards().stream().noneMatch(each -> each.shardId().equals(shard)));
    assertThrows(ResourceNotFoundException.class, () -> iterator(shard, number));
  }

  @Test
  void aDisabledStreamIsForgottenAfterADay() {
    put("one");
    client.updateTable(r -> r.tableName("abc").streamSpecification(s -> s.streamEnabled(false)));
    client.waiter().waitUntilTableExists(r -> r.tableName("abc"));
    assertEquals(List.of("one"), values(new StreamReader(streams, arn).next(1)));
    control("shift-clock", DAY);
    await(() -> streams.listStreams(r -> r.tableName("abc")).streams().isEmpty());
    assertThrows(
        ResourceNotFoundException.class, () -> streams.describeStream(r -> r.streamArn(arn)));
    put("two");
  }

  @Test
  void itemsExpireWhenTheClockIsMoved() {
    client.updateTimeToLive(r ->
        r.tableName("abc").timeToLiveSpecification(s -> s.enabled(true).attributeName("expires")));
    long tomorrow = Instant.now().plus(Duration.ofDays(1)).getEpochSecond();
    client.putItem(r ->
        r.tableName("abc")
            .item(Values.item("p", Values.string("a"), "expires", Values.number(tomorrow))));
    String told = control("expire-now", TABLE);
    assertTrue(told.contains("\"DeletedItems\":0"), told);
    control("shift-clock", DAY);
    control("expire-now", TABLE);
    await(() -> client.scan(r -> r.tableName("abc").consistentRead(true)).count() == 0);
    List<Record> records = new StreamReader(streams, arn).next(2);
    assertEquals("Service", records.getLast().userIdentity().type());
  }
}
