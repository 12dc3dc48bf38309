package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsResponse;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardFilterType;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** DynamoDB Streams with the AWS SDK, over one group and over several. */
@ExtendWith(SharedServer.class)
@ParameterizedClass
@ValueSource(ints = {1, 4})
class StreamsTest {
  private static final Pattern EVENT_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern SEQUENCE_NUMBER = Pattern.compile("[0-9]{21,40}");
  private static final Pattern SHARD_ID = Pattern.compile("shardId-[0-9]{20}-[0-9a-f]{16}");

  private final DynamoDbClient client;
  private final DynamoDbStreamsClient streams;

  StreamsTest(int groups, SharedServer.OfGroups servers) {
    Server server = servers.of(groups);
    client = server.sdk();
    streams = SdkClients.streams(server.address());
  }

  @AfterEach
  void close() {
    streams.close();
  }

  private String table(StreamViewType viewType) {
    String name = Tables.name();
    client.createTable(
        Tables.request(name, ScalarAttributeType.S, ScalarAttributeType.N)
            .streamSpecification(s -> s.streamEnabled(true).streamViewType(viewType))
            .build());
    client.waiter().waitUntilTableExists(r -> r.tableName(name));
    return name;
  }

  private String arn(String table) {
    return client.describeTable(r -> r.tableName(table)).table().latestStreamArn();
  }

  private StreamReader reader(String table) {
    return new StreamReader(streams, arn(table));
  }

  private static Map<String, AttributeValue> key(String p, long s) {
    return Values.item("p", Values.string(p), "s", Values.number(s));
  }

  private static Map<String, AttributeValue> item(String p, long s, String v) {
    return Values.item("p", Values.string(p), "s", Values.number(s), "v", Values.string(v));
  }

  private void put(String table, String p, long s, String v) {
    client.putItem(r -> r.tableName(table).item(item(p, s, v)));
  }

  private StreamDescription describe(String arn) {
    return streams.describeStream(r -> r.streamArn(arn)).streamDescription();
  }

  @ParameterizedTest
  @EnumSource(
      value = StreamViewType.class,
      names = {"NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"})
  void recordsTellAsMuchAsTheViewTypeSays(StreamViewType viewType) {
    Instant before = Instant.now();
    String table = table(viewType);
    put(table, "a", 1, "one");
    client.updateItem(r ->
        r.tableName(table)
            .key(key("a", 1))
            .updateExpression("SET v = :v")
            .expressionAttributeValues(Map.of(":v", Values.string("two"))));
    client.deleteItem(r -> r.tableName(table).key(key("a", 1)));
    client.deleteItem(r -> r.tableName(table).key(key("a", 2)));
    List<Record> records = reader(table).next(3);
    assertEquals(
        List.of(OperationType.INSERT, OperationType.MODIFY, OperationType.REMOVE),
        records.stream().map(Record::eventName).toList());
    boolean newImages = viewType.toString().startsWith("NEW");
    boolean oldImages = viewType.toString().contains("OLD");
    check(records.get(0), null, newImages ? "one" : null, viewType, before);
    check(records.get(1), oldImages ? "one" : null, newImages ? "two" : null, viewType, before);
    check(records.get(2), oldImages ? "two" : null, null, viewType, before);
  }

  private static void check(
      Record streamRecord,
      @Nullable String oldValue,
      @Nullable String newValue,
      StreamViewType type,
      Instant before) {
    assertEquals("aws:dynamodb", streamRecord.eventSource());
    assertEquals("1.1", streamRecord.eventVersion());
    assertEquals("us-east-1", streamRecord.awsRegion());
    assertTrue(EVENT_ID.matcher(streamRecord.eventID()).matches(), streamRecord.eventID());
    assertNull(streamRecord.userIdentity());
    var change = streamRecord.dynamodb();
    assertEquals(key("a", 1), change.keys());
    assertEquals(oldValue != null, change.hasOldImage());
    assertEquals(newValue != null, change.hasNewImage());
    long images = 0;
    if (oldValue != null) {
      assertEquals(item("a", 1, oldValue), change.oldImage());
      images += 9;
    }
    if (newValue != null) {
      assertEquals(item("a", 1, newValue), change.newImage());
      images += 9;
    }
    assertEquals(type, change.streamViewType());
    assertEquals(5 + images, change.sizeBytes());
    assertTrue(SEQUENCE_NUMBER.matcher(change.sequenceNumber()).matches());
    Instant created = change.approximateCreationDateTime();
    assertEquals(created.truncatedTo(ChronoUnit.SECONDS), created);
    assertTrue(Duration.between(before, created).abs().compareTo(Duration.ofMinutes(1)) < 0);
  }

  @Test
  void everyChangeOfEveryItemComesOnceAndInOrder() {
    String table = table(StreamViewType.NEW_IMAGE);
    StreamReader reader = reader(table);
    List<Record> records = new ArrayList<>(reader.next());
    assertEquals(List.of(), records);
    for (int round = 0; round < 10; round++) {
      for (int key = 0; key < 20; key++) {
        put(table, "key" + key, key, "v" + round);
      }
      records.addAll(reader.next(20));
    }
    Map<String, List<String>> valuesByKey = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (Record each : records) {
      assertTrue(ids.add(each.eventID()));
      valuesByKey
          .computeIfAbsent(Values.of(each.dynamodb().keys(), "p").s(), p -> new ArrayList<>())
          .add(Values.of(each.dynamodb().newImage(), "v").s());
    }
    assertEquals(20, valuesByKey.size());
    List<String> expected = List.of("v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9");
    valuesByKey.values().forEach(values -> assertEquals(expected, values));
    assertEquals(Set.copyOf(records), Set.copyOf(reader(table).next(200)));
  }

  @Test
  void writesThatChangeNothingMakeNoRecord() {
    String table = table(StreamViewType.NEW_AND_OLD_IMAGES);
    Map<String, AttributeValue> mapped =
        Values.item(
            "p",
            Values.string("a"),
            "s",
            Values.number("1.0"),
            "m",
            Values.map("x", Values.number(1), "y", Values.number("2e1")));
    client.putItem(r -> r.tableName(table).item(mapped));
    Map<String, AttributeValue> same =
        Values.item(
            "m",
            Values.map("y", Values.number(20), "x", Values.number("1.00")),
            "s",
            Values.number(1),
            "p",
            Values.string("a"));
    client.putItem(r -> r.tableName(table).item(same));
    client.updateItem(r -> r.tableName(table).key(key("a", 1)).updateExpression("REMOVE nothing9"));
    client.updateItem(r -> r.tableName(table).key(key("b", 1)).updateExpression("REMOVE nothing9"));
    client.deleteItem(r -> r.tableName(table).key(key("c", 1)));
    put(table, "d", 1, "end");
    StreamReader reader = reader(table);
    reader.next(2);
    assertEquals(List.of(), reader.next());
  }

  @Test
  void batchesAndTransactionsAreRecorded() {
    String table = table(StreamViewType.NEW_IMAGE);
    client.batchWriteItem(r ->
        r.requestItems(
            Map.of(
                table,
                List.of(
                    write(item("a", 1, "one")),
                    write(item("b", 1, "two")),
                    write(item("c", 1, "three"))))));
    StreamReader reader = reader(table);
    reader.next(3);
    List<TransactWriteItem> actions =
        List.of(
            action(a -> a.put(p -> p.tableName(table).item(item("d", 1, "four")))),
            action(a -> a.delete(d -> d.tableName(table).key(key("a", 1)))),
            action(a ->
                a.conditionCheck(c ->
                    c.tableName(table)
                        .key(key("b", 1))
                        .conditionExpression("attribute_exists(p)"))),
            action(a ->
                a.update(u ->
                    u.tableName(table)
                        .key(key("c", 1))
                        .updateExpression("SET v = :v")
                        .expressionAttributeValues(Map.of(":v", Values.string("five"))))));
    client.transactWriteItems(r -> r.transactItems(actions));
    List<Record> records = reader.next(3);
    Map<String, OperationType> events = new HashMap<>();
    records.forEach(
        each -> events.put(Values.of(each.dynamodb().keys(), "p").s(), each.eventName()));
    assertEquals(
        Map.of("a", OperationType.REMOVE, "c", OperationType.MODIFY, "d", OperationType.INSERT),
        events);
  }

  private static TransactWriteItem action(Consumer<TransactWriteItem.Builder> content) {
    return TransactWriteItem.builder().applyMutation(content).build();
  }

  private static WriteRequest write(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(p -> p.item(item)).build();
  }

  @Test
  void streamsAreDescribed() {
    Instant before = Instant.now();
    String table = table(StreamViewType.KEYS_ONLY);
    String arn = arn(table);
    StreamDescription stream = describe(arn);
    assertEquals(arn, stream.streamArn());
    assertTrue(arn.endsWith("/stream/" + stream.streamLabel()));
    assertEquals(StreamStatus.ENABLED, stream.streamStatus());
    assertEquals(StreamViewType.KEYS_ONLY, stream.streamViewType());
    assertEquals(table, stream.tableName());
    assertEquals(
        List.of("p", "s"),
        stream.keySchema().stream().map(KeySchemaElement::attributeName).toList());
    Duration age = Duration.between(before, stream.creationRequestDateTime());
    assertTrue(age.abs().compareTo(Duration.ofMinutes(1)) < 0);
    assertNull(stream.lastEvaluatedShardId());
    List<String> ids = stream.shards().stream().map(Shard::shardId).toList();
    assertEquals(ids.stream().sorted().toList(), ids);
    for (Shard shard : stream.shards()) {
      assertTrue(SHARD_ID.matcher(shard.shardId()).matches(), shard.shardId());
      assertNull(shard.parentShardId());
      String start = shard.sequenceNumberRange().startingSequenceNumber();
      assertTrue(SEQUENCE_NUMBER.matcher(start).matches());
      assertNull(shard.sequenceNumberRange().endingSequenceNumber());
    }
    List<String> paged = new ArrayList<>();
    String last = null;
    do {
      String start = last;
      StreamDescription page =
          streams
              .describeStream(r -> r.streamArn(arn).limit(1).exclusiveStartShardId(start))
              .streamDescription();
      page.shards().forEach(shard -> paged.add(shard.shardId()));
      last = page.lastEvaluatedShardId();
    } while (last != null);
    assertEquals(ids, paged);
    for (String id : ids) {
      var children =
          streams.describeStream(r ->
              r.streamArn(arn).shardFilter(f -> f.type(ShardFilterType.CHILD_SHARDS).shardId(id)));
      assertEquals(List.of(), children.streamDescription().shards());
    }
  }

  @Test
  void streamsAreListed() {
    String first = table(StreamViewType.KEYS_ONLY);
    String second = table(StreamViewType.KEYS_ONLY);
    List<Stream> listed = new ArrayList<>();
    String last = null;
    do {
      String start = last;
      ListStreamsResponse page =
          streams.listStreams(r -> r.limit(1).exclusiveStartStreamArn(start));
      listed.addAll(page.streams());
      last = page.lastEvaluatedStreamArn();
    } while (last != null);
    for (String table : List.of(first, second)) {
      List<Stream> own = listed.stream().filter(s -> s.tableName().equals(table)).toList();
      assertEquals(1, own.size());
      assertEquals(arn(table), own.getFirst().streamArn());
      assertEquals(own, streams.listStreams(r -> r.tableName(table)).streams());
    }
    assertEquals(List.of(), streams.listStreams(r -> r.tableName(Tables.name())).streams());
    String gone = arn(first);
    client.deleteTable(r -> r.tableName(first));
    client.waiter().waitUntilTableNotExists(r -> r.tableName(first));
    streams.listStreams(r -> r.exclusiveStartStreamArn(gone));
    assertEquals(List.of(), streams.listStreams(r -> r.tableName(first)).streams());
  }

  @Test
  void iteratorsStartWhereTheyAreTold() {
    String table = table(StreamViewType.NEW_IMAGE);
    StreamReader reader = reader(table);
    put(table, "a", 1, "v0");
    put(table, "a", 1, "v1");
    String arn = arn(table);
    Record second = reader.next(2).get(1);
    Shard shard =
        reader.shards().stream()
            .filter(each ->
                !read(reader.iterator(each.shardId(), ShardIteratorType.TRIM_HORIZON))
                    .records()
                    .isEmpty())
            .findFirst()
            .orElseThrow();
    String latest = reader.iterator(shard.shardId(), ShardIteratorType.LATEST);
    assertEquals(List.of(), read(latest).records());
    put(table, "a", 1, "v2");
    String number = second.dynamodb().sequenceNumber();
    String start = shard.sequenceNumberRange().startingSequenceNumber();
    assertEquals(List.of("v2"), values(read(latest)));
    assertEquals(
        List.of("v1", "v2"),
        values(read(iterator(arn, shard, ShardIteratorType.AT_SEQUENCE_NUMBER, number))));
    assertEquals(
        List.of("v2"),
        values(read(iterator(arn, shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, number))));
    assertEquals(
        List.of("v0", "v1", "v2"),
        values(read(iterator(arn, shard, ShardIteratorType.AT_SEQUENCE_NUMBER, start))));
  }

  private String iterator(String arn, Shard shard, ShardIteratorType type, String number) {
    return streams
        .getShardIterator(r ->
            r.streamArn(arn)
                .shardId(shard.shardId())
                .shardIteratorType(type)
                .sequenceNumber(number))
        .shardIterator();
  }

  private GetRecordsResponse read(String iterator) {
    return streams.getRecords(r -> r.shardIterator(iterator));
  }

  private static List<String> values(GetRecordsResponse page) {
    return page.records().stream()
        .map(each -> Values.of(each.dynamodb().newImage(), "v").s())
        .toList();
  }

  @Test
  void pagesAreLimitedByCountAndBytes() {
    String table = table(StreamViewType.NEW_AND_OLD_IMAGES);
    for (int change = 0; change < 7; change++) {
      put(table, "a", 1, String.valueOf(change).repeat(300_000));
    }
    StreamReader reader = reader(table);
    int pages = 0;
    List<Record> records = new ArrayList<>();
    for (Shard shard : reader.shards()) {
      String iterator = reader.iterator(shard.shardId(), ShardIteratorType.TRIM_HORIZON);
      GetRecordsResponse page = read(iterator);
      while (!page.records().isEmpty()) {
        long bytes = page.records().stream().mapToLong(each -> each.dynamodb().sizeBytes()).sum();
        assertTrue(bytes <= 1 << 20, "bytes " + bytes);
        records.addAll(page.records());
        pages++;
        page = read(page.nextShardIterator());
      }
      GetRecordsResponse one = streams.getRecords(r -> r.shardIterator(iterator).limit(1));
      assertTrue(one.records().size() <= 1);
      assertNotNull(one.nextShardIterator());
    }
    assertEquals(7, records.size());
    assertTrue(pages >= 5, "pages " + pages);
  }

  @Test
  void aDisabledStreamIsReadToItsEndBesideTheNextOne() {
    String table = table(StreamViewType.NEW_IMAGE);
    put(table, "a", 1, "one");
    String first = arn(table);
    StreamReader early = new StreamReader(streams, first);
    early.next(1);
    client.updateTable(r -> r.tableName(table).streamSpecification(s -> s.streamEnabled(false)));
    client.waiter().waitUntilTableExists(r -> r.tableName(table));
    put(table, "a", 1, "unseen");
    assertEquals(StreamStatus.DISABLED, describe(first).streamStatus());
    assertEquals(first, arn(table));
    client.updateTable(r ->
        r.tableName(table)
            .streamSpecification(
                s -> s.streamEnabled(true).streamViewType(StreamViewType.KEYS_ONLY)));
    client.waiter().waitUntilTableExists(r -> r.tableName(table));
    String second = arn(table);
    assertNotEquals(first, second);
    put(table, "a", 1, "two");
    assertEquals(1, new StreamReader(streams, second).next(1).size());
    assertEquals(List.of(), early.next());
    StreamReader old = new StreamReader(streams, first);
    assertEquals(1, old.next(1).size());
    for (Shard shard : old.shards()) {
      String start = shard.sequenceNumberRange().startingSequenceNumber();
      String end = shard.sequenceNumberRange().endingSequenceNumber();
      assertTrue(start.compareTo(end) <= 0);
      String iterator = old.iterator(shard.shardId(), ShardIteratorType.TRIM_HORIZON);
      assertNull(read(iterator).nextShardIterator());
    }
    assertEquals(
        List.of(first, second),
        streams.listStreams(r -> r.tableName(table)).streams().stream()
            .map(Stream::streamArn)
            .toList());
    assertFalse(describe(second).shards().isEmpty());
  }
}
