package dev.partita.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.partita.model.api.ErrorType;
import dev.partita.model.api.ListStreamsRequest;
import dev.partita.model.api.ListStreamsResponse;
import dev.partita.model.api.Shard;
import dev.partita.model.api.ShardIteratorType;
import dev.partita.model.api.StreamSummary;
import dev.partita.model.api.StreamViewType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where iterators start, when they end, and how streams are listed. */
class StreamIteratorsTest extends StreamsFixture {
  @Test
  void iteratorsStartWhereTheyAreTold() {
    StreamTable table = table(StreamViewType.NEW_IMAGE);
    for (int change = 0; change < 4; change++) {
      table.put("a", change, "v" + change);
    }
    Shard shard = table.shards().getFirst();
    String second = StreamTable.sequenceNumbers(table.records(shard)).get(1);
    String latest = table.iterator(shard, ShardIteratorType.LATEST, null);
    table.put("a", 9, "v4");
    assertEquals(List.of("v4"), StreamTable.values(table.read(latest).records()));
    assertEquals(
        List.of("v1", "v2", "v3", "v4"),
        StreamTable.values(
            table
                .read(table.iterator(shard, ShardIteratorType.AT_SEQUENCE_NUMBER, second))
                .records()));
    assertEquals(
        List.of("v2", "v3", "v4"),
        StreamTable.values(
            table
                .read(table.iterator(shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, second))
                .records()));
    String start = shard.sequenceNumberRange().startingSequenceNumber();
    assertEquals(
        5,
        table
            .read(table.iterator(shard, ShardIteratorType.AT_SEQUENCE_NUMBER, start))
            .records()
            .size());
  }

  @Test
  void sequenceNumbersOfOtherShardsAreRefused() {
    StreamTable table = table(StreamViewType.NEW_IMAGE);
    table.put("a", 1, "one");
    table.roll();
    Shard parent = table.shards().getFirst();
    Shard child = table.shards().getLast();
    String last = parent.sequenceNumberRange().endingSequenceNumber();
    String first = child.sequenceNumberRange().startingSequenceNumber();
    assertNotNull(last);
    assertNotNull(first);
    for (ShardIteratorType type :
        List.of(ShardIteratorType.AT_SEQUENCE_NUMBER, ShardIteratorType.AFTER_SEQUENCE_NUMBER)) {
      table.iterator(parent, type, last);
      table.iterator(child, type, first);
      assertBadNumber(() -> table.iterator(child, type, last));
      assertBadNumber(() -> table.iterator(parent, type, first));
      assertBadNumber(() -> table.iterator(child, type, "100000000000000000099"));
      assertBadNumber(() -> table.iterator(child, type, "x".repeat(21)));
    }
  }

  @Test
  void whatIsNotThereIsNotFound() {
    StreamTable table = new StreamTable(node, "abc", 2, StreamViewType.NEW_IMAGE);
    StreamTable other = new StreamTable(node, "def", 2, StreamViewType.NEW_IMAGE);
    String unknown = table.arn().replace("abc", "abd");
    assertRefused(
        ErrorType.RESOURCE_NOT_FOUND,
        "Requested resource not found: Stream: " + unknown + " not found",
        () -> table.describe(unknown));
    assertRefused(
        ErrorType.RESOURCE_NOT_FOUND,
        "Requested resource not found: Stream: " + table.arn() + "0 not found",
        () -> table.describe(table.arn() + "0"));
    assertRefused(ErrorType.VALIDATION, "Invalid StreamArn", () -> table.describe("x".repeat(40)));
    String missing = "Requested resource not found: Shard does not exist";
    Shard foreign = other.shards().getFirst();
    assertRefused(ErrorType.RESOURCE_NOT_FOUND, missing, () -> table.horizon(foreign));
    Shard own = table.shards().getFirst();
    String changed = own.shardId().replaceFirst("0-", "1-");
    assertRefused(
        ErrorType.RESOURCE_NOT_FOUND,
        missing,
        () -> table.horizon(new Shard(changed, own.sequenceNumberRange(), null)));
    assertRefused(
        ErrorType.RESOURCE_NOT_FOUND,
        missing,
        () -> table.horizon(new Shard("nonsense", own.sequenceNumberRange(), null)));
  }

  @Test
  void iteratorsExpireAfterFifteenMinutes() {
    StreamTable table = table(StreamViewType.NEW_IMAGE);
    String iterator = table.horizon(table.shards().getFirst());
    node.clock.advance(Duration.ofMinutes(15));
    String next = next(table.read(iterator));
    node.clock.advance(Duration.ofMillis(1));
    assertExpired(() -> table.read(iterator));
    table.read(next);
    node.serviceClock.shift(Duration.ofMinutes(16));
    assertExpired(() -> table.read(next));
  }

  @Test
  void iteratorsSurviveARestartUnlessTheClockWentBackFar() {
    StreamTable table = table(StreamViewType.NEW_IMAGE);
    table.put("a", 1, "one");
    String iterator = table.horizon(table.shards().getFirst());
    table.restart();
    assertEquals(List.of("one"), StreamTable.values(table.read(iterator).records()));
    node.serviceClock.shift(Duration.ofHours(1));
    String later = table.horizon(table.shards().getFirst());
    table.read(later);
    node.serviceClock.shift(Duration.ofHours(-1));
    assertExpired(() -> table.read(later));
  }

  @Test
  void anIteratorEndsWithItsTable() {
    StreamTable table = table(StreamViewType.NEW_IMAGE);
    String iterator = table.horizon(table.shards().getFirst());
    node.drop(table.table);
    assertRefused(
        ErrorType.RESOURCE_NOT_FOUND,
        "Requested resource not found: Stream: " + table.arn() + " not found",
        () -> table.read(iterator));
  }

  @Test
  void trimmedRecordsCannotBeRead() {
    StreamTable table = table(StreamViewType.NEW_IMAGE);
    for (int change = 0; change < 4; change++) {
      table.put("a", change, "v" + change);
    }
    Shard shard = table.shards().getFirst();
    List<String> numbers = StreamTable.sequenceNumbers(table.records(shard));
    String horizon = table.horizon(shard);
    trim(table, SequenceNumbers.parse(numbers.get(1)));
    assertTrimmed(() -> table.read(horizon));
    assertTrimmed(
        () -> table.iterator(shard, ShardIteratorType.AT_SEQUENCE_NUMBER, numbers.get(1)));
    assertTrimmed(
        () -> table.iterator(shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, numbers.get(0)));
    String after = table.iterator(shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, numbers.get(1));
    assertEquals(List.of("v2", "v3"), StreamTable.values(table.read(after).records()));
    assertEquals(List.of("v2", "v3"), StreamTable.values(table.records(shard)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void streamsAreListedByTableAndLabel(int limit) {
    List<String> expected = new ArrayList<>();
    for (String name : List.of("c", "a", "b")) {
      StreamTable table = new StreamTable(node, name, 1, StreamViewType.KEYS_ONLY);
      expected.add(table.arn());
      table.disable();
      table.enable(StreamViewType.KEYS_ONLY);
      expected.add(table.arn());
    }
    expected.sort(null);
    StreamTable silent = new StreamTable(node, "aa", 1, StreamViewType.KEYS_ONLY);
    node.change(silent.table, silent.table.derived().withStreams(List.of()));
    assertEquals(expected, listed(silent.streams, null, limit));
    assertEquals(expected.subList(2, 4), listed(silent.streams, "b", limit));
    assertEquals(List.of(), listed(silent.streams, "aa", limit));
    assertEquals(List.of(), listed(silent.streams, "unknown", limit));
  }

  @Test
  void listingGoesOnWhereATableWas() {
    StreamTable first = new StreamTable(node, "a", 1, StreamViewType.KEYS_ONLY);
    StreamTable second = new StreamTable(node, "b", 1, StreamViewType.KEYS_ONLY);
    ListStreamsResponse page = first.streams.list(new ListStreamsRequest(null, 1, null));
    assertEquals(first.arn(), page.lastEvaluatedStreamArn());
    node.drop(first.table);
    assertEquals(
        List.of(new StreamSummary(second.arn(), "b", second.stream.label())),
        first.streams.list(new ListStreamsRequest(null, 1, first.arn())).streams());
    assertRefused(
        ErrorType.VALIDATION,
        "Invalid StreamArn",
        () -> first.streams.list(new ListStreamsRequest(null, 1, "x".repeat(40))));
  }
}
