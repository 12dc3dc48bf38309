package dev.partita.testing.comparison;

import dev.partita.testing.reference.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * The Streams API over a list of records: a closed shard with the first half, its open child with
 * the rest, both described and read in several steps.
 */
final class FakeStreams {

  /** Mistakes that it can be told to make. */
  enum Fault {
    NONE,
    NUMBERS_DESCEND,
    SHORT_NUMBERS,
    EVENT_ID_TWICE,
    SHARD_TWICE,
    NO_END_OF_CLOSED_SHARD,
    NUMBER_OUTSIDE_SHARD,
    NO_REGION
  }

  private static final String PARENT = "shardId-00000000000000000001-parent";
  private static final String CHILD = "shardId-00000000000000000002-child";
  private static final int PAGE = 3;

  private final List<Json> records;
  private final Fault fault;

  FakeStreams(List<Json> records, Fault fault) {
    this.records = List.copyOf(records);
    this.fault = fault;
  }

  private int half() {
    return records.size() / 2;
  }

  private String number(int place) {
    int shown = fault == Fault.NUMBERS_DESCEND ? 900_000 - place : place + 1_000;
    return (fault == Fault.SHORT_NUMBERS ? "1" : "1" + "0".repeat(14)) + "%06d".formatted(shown);
  }

  Json.ObjectOf answer(String operation, Json.ObjectOf request) {
    return switch (operation) {
      case "DescribeTable" ->
          Json.object("Table", Json.object("LatestStreamArn", Json.text("arn:stream")));
      case "DescribeStream" -> describe(request);
      case "GetShardIterator" ->
          Json.object(
              "ShardIterator",
              Json.text(request.text("ShardId").orElseThrow().equals(PARENT) ? "0" : "" + half()));
      case "GetRecords" -> records(Integer.parseInt(request.text("ShardIterator").orElseThrow()));
      default -> throw new IllegalArgumentException(operation);
    };
  }

  private Json.ObjectOf describe(Json.ObjectOf request) {
    boolean first = request.text("ExclusiveStartShardId").isEmpty();
    Json.ObjectOf range = Json.object("StartingSequenceNumber", Json.text(number(0)));
    if (fault == Fault.NUMBERS_DESCEND) {
      range = Json.object("StartingSequenceNumber", Json.text("0".repeat(21)));
    }
    Json.ObjectOf shard;
    // Children come first: the order of the list says nothing.
    if (first || fault == Fault.SHARD_TWICE) {
      shard =
          Json.object("ShardId", Json.text(CHILD))
              .with("ParentShardId", Json.text(PARENT))
              .with("SequenceNumberRange", range);
    } else {
      String end = fault == Fault.NUMBER_OUTSIDE_SHARD ? number(0) : "9".repeat(21);
      shard =
          Json.object("ShardId", Json.text(PARENT))
              .with("SequenceNumberRange", range.with("EndingSequenceNumber", Json.text(end)));
    }
    Json.ObjectOf stream = Json.object("Shards", new Json.ArrayOf(List.of(shard)));
    if (first) {
      stream = stream.with("LastEvaluatedShardId", Json.text(CHILD));
    }
    return Json.object("StreamDescription", stream);
  }

  private Json.ObjectOf records(int from) {
    boolean closed = from < half();
    int end = Math.min(closed ? half() : records.size(), from + PAGE);
    List<Json> page = new ArrayList<>();
    for (int place = from; place < end; place++) {
      page.add(record(place));
    }
    Json.ObjectOf answer = Json.object("Records", new Json.ArrayOf(page));
    boolean over = closed && end == half() && fault != Fault.NO_END_OF_CLOSED_SHARD;
    return over ? answer : answer.with("NextShardIterator", Json.text("" + end));
  }

  private Json record(int place) {
    Json.ObjectOf record = (Json.ObjectOf) records.get(place);
    Json.ObjectOf change =
        ((Json.ObjectOf) record.member("dynamodb").orElseThrow())
            .with("SequenceNumber", Json.text(number(place)))
            .with("ApproximateCreationDateTime", Json.number(1_700_000_000));
    String id = "event-" + (fault == Fault.EVENT_ID_TWICE ? place / 2 : place);
    Json.ObjectOf complete =
        record
            .with("dynamodb", change)
            .with("eventID", Json.text(id))
            .with("eventVersion", Json.text("1.1"));
    return fault == Fault.NO_REGION ? complete : complete.with("awsRegion", Json.text("us-east-1"));
  }
}
