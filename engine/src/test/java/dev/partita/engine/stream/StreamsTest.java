package dev.partita.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.engine.fake.SettableClock;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.model.Item;
import dev.partita.model.api.DescribeStreamRequest;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.GetRecordsRequest;
import dev.partita.model.api.GetRecordsResponse;
import dev.partita.model.api.GetShardIteratorRequest;
import dev.partita.model.api.Shard;
import dev.partita.model.api.ShardIteratorType;
import dev.partita.model.api.StreamDescription;
import dev.partita.model.api.StreamEventName;
import dev.partita.model.api.StreamRecord;
import dev.partita.model.api.StreamStatus;
import dev.partita.model.api.StreamUserIdentity;
import dev.partita.model.api.StreamViewType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records, pages, shards and descriptions. */
class StreamsTest extends StreamsFixture {
  @ParameterizedTest
  @EnumSource(StreamViewType.class)
  void recordsTellAsMuchAsTheViewTypeSays(StreamViewType viewType) {
    StreamTable table = table(viewType);
    table.put("a", 1, "one");
    table.put("a", 1, "three");
    table.delete("a", 1);
    List<StreamRecord> records = table.records(table.shards().getFirst());
    boolean newImages =
        viewType == StreamViewType.NEW_IMAGE || viewType == StreamViewType.NEW_AND_OLD_IMAGES;
    boolean oldImages =
        viewType == StreamViewType.OLD_IMAGE || viewType == StreamViewType.NEW_AND_OLD_IMAGES;
    Item one = StreamTable.item("a", 1, "one");
    Item three = StreamTable.item("a", 1, "three");
    assertEquals(3, records.size());
    check(records.get(0), StreamEventName.INSERT, newImages ? one : null, null, viewType);
    check(
        records.get(1),
        StreamEventName.MODIFY,
        newImages ? three : null,
        oldImages ? one : null,
        viewType);
    check(records.get(2), StreamEventName.REMOVE, null, oldImages ? three : null, viewType);
  }

  @Test
  void writesThatChangeNothingAreNotRecorded() {
    StreamTable table = table(StreamViewType.KEYS_ONLY);
    table.put("a", 1, "one");
    table.put("a", 1, "one");
    table.delete("a", 2);
    assertEquals(1, table.records(table.shards().getFirst()).size());
  }

  @Test
  void recordsAreTheSameWheneverTheyAreRead() {
    StreamTable table = new StreamTable(node, "abc", 4, StreamViewType.NEW_AND_OLD_IMAGES);
    for (int key = 0; key < 100; key++) {
      table.put("key" + key, key, "v");
    }
    List<StreamRecord> before = all(table);
    table.restart();
    node.clock.advance(Duration.ofMinutes(10));
    assertEquals(100, before.size());
    assertEquals(before, all(table));
    HashSet<String> ids = new HashSet<>();
    before.forEach(streamRecord -> assertTrue(ids.add(streamRecord.eventId())));
  }

  @Test
  void expiredItemsAreRemovedByTheService() {
    StreamTable table = table(StreamViewType.KEYS_ONLY);
    Item item = StreamTable.item("a", 1, "one");
    node.putItem(table.table, item);
    node.write(table.table, ItemKeys.ofItem(table.table, item), _ -> new ItemEffect.Expire());
    StreamRecord removed = table.records(table.shards().getFirst()).getLast();
    assertEquals(StreamEventName.REMOVE, removed.eventName());
    assertEquals(
        new StreamUserIdentity("dynamodb.amazonaws.com", "Service"), removed.userIdentity());
  }

  @Test
  void anOpenShardHasAlwaysANextIterator() {
    StreamTable table = table(StreamViewType.NEW_IMAGE);
    String iterator = table.horizon(table.shards().getFirst());
    List<String> read = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      table.put("a", round, "v" + round);
      table.put("b", round, "w" + round);
      GetRecordsResponse page = table.streams.records(new GetRecordsRequest(iterator, 1));
      assertEquals(1, page.records().size());
      GetRecordsResponse rest = table.read(next(page));
      assertEquals(1, rest.records().size());
      assertEquals(List.of(), table.read(next(rest)).records());
      read.addAll(StreamTable.values(page.records()));
      read.addAll(StreamTable.values(rest.records()));
      iterator = next(table.read(next(rest)));
    }
    assertEquals(List.of("v0", "w0", "v1", "w1", "v2", "w2", "v3", "w3", "v4", "w4"), read);
  }

  @Test
  void aPageHasAtMostAMegabyte() {
    StreamTable table = table(StreamViewType.NEW_AND_OLD_IMAGES);
    for (int change = 0; change < 8; change++) {
      table.put("a", 1, String.valueOf(change).repeat(200_000));
    }
    List<String> read = new ArrayList<>();
    String iterator = table.horizon(table.shards().getFirst());
    while (read.size() < 8) {
      GetRecordsResponse page = table.read(iterator);
      long bytes = page.records().stream().mapToLong(each -> each.dynamodb().sizeBytes()).sum();
      assertTrue(bytes <= 1 << 20, "bytes " + bytes);
      assertFalse(page.records().isEmpty());
      read.addAll(StreamTable.values(page.records()));
      iterator = next(page);
    }
    for (int change = 0; change < 8; change++) {
      assertEquals(String.valueOf(change).repeat(200_000), read.get(change));
    }
  }

  @Test
  void aRecordOfMoreThanAMegabyteIsAPageOfItsOwn() {
    StreamTable table = table(StreamViewType.NEW_AND_OLD_IMAGES);
    table.put("a", 1, "x".repeat(600_000));
    table.put("a", 1, "y".repeat(600_000));
    table.put("a", 1, "z");
    GetRecordsResponse first = table.read(table.horizon(table.shards().getFirst()));
    assertEquals(1, first.records().size());
    GetRecordsResponse second = table.read(next(first));
    assertEquals(1, second.records().size());
    assertEquals(List.of("z"), StreamTable.values(table.read(next(second)).records()));
  }

  @Test
  void aRolledShardEndsAndItsChildFollows() {
    StreamTable table = table(StreamViewType.NEW_IMAGE);
    table.put("a", 1, "one");
    Shard before = table.shards().getFirst();
    assertNull(before.sequenceNumberRange().endingSequenceNumber());
    assertNull(before.parentShardId());
    String latest = table.iterator(before, ShardIteratorType.LATEST, null);
    node.clock.advance(Duration.ofMinutes(10));
    table.roll();
    table.put("a", 1, "two");

    List<Shard> shards = table.shards();
    assertEquals(2, shards.size());
    Shard parent = shards.getFirst();
    Shard child = shards.getLast();
    assertEquals(before.shardId(), parent.shardId());
    assertEquals(parent.shardId(), child.parentShardId());
    assertTrue(parent.shardId().compareTo(child.shardId()) < 0);
    String end = parent.sequenceNumberRange().endingSequenceNumber();
    String start = child.sequenceNumberRange().startingSequenceNumber();
    assertNotNull(end);
    assertNotNull(start);
    assertTrue(end.compareTo(start) < 0);
    assertNull(child.sequenceNumberRange().endingSequenceNumber());

    GetRecordsResponse page = table.read(table.horizon(parent));
    assertEquals(List.of("one"), StreamTable.values(page.records()));
    assertNull(page.nextShardIterator());
    GetRecordsResponse rest = table.read(latest);
    assertEquals(List.of(), rest.records());
    assertNull(rest.nextShardIterator());
    assertNull(
        table.read(table.iterator(parent, ShardIteratorType.LATEST, null)).nextShardIterator());
    GetRecordsResponse next = table.read(table.horizon(child));
    assertEquals(List.of("two"), StreamTable.values(next.records()));
    assertNotNull(next.nextShardIterator());
  }

  @Test
  void emptyShardsEndToo() {
    StreamTable table = table(StreamViewType.NEW_IMAGE);
    table.roll();
    table.roll();
    table.put("a", 1, "one");
    List<Shard> shards = table.shards();
    assertEquals(3, shards.size());
    for (Shard closed : shards.subList(0, 2)) {
      GetRecordsResponse page = table.read(table.horizon(closed));
      assertEquals(List.of(), page.records());
      assertNull(page.nextShardIterator());
    }
    assertEquals(List.of("one"), StreamTable.values(table.records(shards.getLast())));
  }

  @Test
  void theRestOfAFullPageOfAClosedShardIsItsEnd() {
    StreamTable table = table(StreamViewType.NEW_IMAGE);
    table.put("a", 1, "one");
    table.put("a", 2, "two");
    table.put("a", 2, "two"); // Takes a sequence and makes no record.
    table.roll();
    String iterator = table.horizon(table.shards().getFirst());
    GetRecordsResponse page = table.streams.records(new GetRecordsRequest(iterator, 2));
    assertEquals(2, page.records().size());
    GetRecordsResponse end = table.read(next(page));
    assertEquals(List.of(), end.records());
    assertNull(end.nextShardIterator());
  }

  @Test
  void aDisabledStreamIsReadableBesideTheNextOne() {
    StreamTable table = new StreamTable(node, "abc", 3, StreamViewType.NEW_IMAGE);
    String oldArn = table.arn();
    table.put("a", 1, "one");
    table.disable();
    assertEquals(StreamStatus.DISABLED, table.describe().streamStatus());
    table.put("a", 1, "unseen");
    List<Shard> closed = table.shards();
    table.enable(StreamViewType.KEYS_ONLY);
    table.put("a", 1, "two");

    assertEquals(closed, table.describe(oldArn).shards());
    assertEquals(StreamStatus.DISABLED, table.describe(oldArn).streamStatus());
    assertEquals(StreamViewType.NEW_IMAGE, table.describe(oldArn).streamViewType());
    StreamDescription description = table.describe();
    assertEquals(StreamStatus.ENABLED, description.streamStatus());
    assertEquals(StreamViewType.KEYS_ONLY, description.streamViewType());
    assertEquals(3, description.shards().size());
    description.shards().forEach(shard -> assertNull(shard.parentShardId()));
    assertEquals(1, all(table).size());
    List<String> old = new ArrayList<>();
    for (Shard shard : closed) {
      assertNotNull(shard.sequenceNumberRange().endingSequenceNumber());
      String iterator =
          table
              .streams
              .iterator(
                  new GetShardIteratorRequest(
                      oldArn, shard.shardId(), ShardIteratorType.TRIM_HORIZON, null))
              .shardIterator();
      GetRecordsResponse page = table.read(iterator);
      assertNull(page.nextShardIterator());
      old.addAll(StreamTable.values(page.records()));
    }
    assertEquals(List.of("one"), old);
  }

  @Test
  void partitionsTakePartInEnablingAndDisablingOneAfterAnother() {
    StreamTable table = new StreamTable(node, "abc", 3, StreamViewType.NEW_IMAGE);
    var off = table.table.derived().withStreams(List.of());
    table.table = node.change(table.table, off);
    var stream = node.stream(StreamViewType.NEW_IMAGE);
    table.stream = stream;
    node.put(node.withStreams(table.table, List.of(stream)));
    assertEquals(StreamStatus.ENABLING, table.describe().streamStatus());
    node.install(node.withStreams(table.table, List.of(stream)));
    assertEquals(StreamStatus.ENABLED, table.describe().streamStatus());
    node.put(node.withStreams(table.table, List.of(node.disabled(stream))));
    assertEquals(StreamStatus.DISABLING, table.describe().streamStatus());
  }

  @Test
  void descriptionsTellOfTheStream() {
    StreamTable table = table(StreamViewType.OLD_IMAGE);
    StreamDescription description = table.describe();
    assertEquals(table.arn(), description.streamArn());
    assertEquals(table.stream.label(), description.streamLabel());
    assertEquals("abc", description.tableName());
    assertEquals(SettableClock.START / 1000.0, description.creationRequestDateTime());
    assertEquals(
        List.of("p HASH", "c RANGE"),
        description.keySchema().stream()
            .map(element -> element.attributeName() + " " + element.keyType())
            .toList());
    assertNull(description.lastEvaluatedShardId());
  }

  @Test
  void shardsAreToldInPages() {
    StreamTable table = new StreamTable(node, "abc", 5, StreamViewType.KEYS_ONLY);
    for (int round = 0; round < 3; round++) {
      node.clock.advance(Duration.ofHours(4));
      table.roll();
    }
    List<String> all = table.shards().stream().map(Shard::shardId).toList();
    assertEquals(20, all.size());
    assertEquals(all.stream().sorted().toList(), all);
    List<String> paged = new ArrayList<>();
    String start = null;
    do {
      StreamDescription page =
          table
              .streams
              .describe(new DescribeStreamRequest(table.arn(), 6, start, null))
              .streamDescription();
      page.shards().forEach(shard -> paged.add(shard.shardId()));
      start = page.lastEvaluatedShardId();
      assertEquals(paged.size() < 20, start != null);
      node.clock.advance(Duration.ofMillis(1));
    } while (start != null);
    assertEquals(all, paged);
    assertEquals(
        List.of(),
        table
            .streams
            .describe(new DescribeStreamRequest(table.arn(), null, "z".repeat(40), null))
            .streamDescription()
            .shards());
  }

  @Test
  void childrenOfAShardCanBeAskedFor() {
    StreamTable table = new StreamTable(node, "abc", 2, StreamViewType.KEYS_ONLY);
    table.roll();
    List<Shard> shards = table.shards();
    int children = 0;
    for (Shard shard : shards) {
      List<Shard> found = filtered(table, shard.shardId());
      found.forEach(child -> assertEquals(shard.shardId(), child.parentShardId()));
      children += found.size();
    }
    assertEquals(2, children);
    assertRefused(
        ErrorType.RESOURCE_NOT_FOUND,
        "Requested resource not found: Shard does not exist",
        () -> filtered(table, "shardId-00000000000000000000-0000000000000000"));
  }
}
