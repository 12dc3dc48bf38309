package dev.partita.testing.comparison;

import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Reply;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the newest stream of a table from its beginning to its present end, parents before
 * children, and looks at what only the server can know: numbers that ascend, ids that are unique.
 */
final class StreamReader {

  private static final int SHARDS_MAX = 10_000;
  private static final int ANSWERS_MAX = 100_000;

  /** Answers without records before the end of an open shard is believed. */
  private static final int EMPTY_ANSWERS = 2;

  private final HttpEndpoint server;
  private final Set<String> eventIds = new HashSet<>();

  StreamReader(HttpEndpoint server) {
    this.server = server;
  }

  /** Something about the stream that must not be. */
  private static final class BrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;

    BrokenException(String what) {
      super(what);
      this.what = what;
    }
  }

  /** One shard; the numbers are empty where there are none. */
  private record Shard(String id, String parent, String startingNumber, String endingNumber) {}

  /** The records under {@code Records}; an error if the stream is broken or cannot be read. */
  Reply read(String table) {
    try {
      String arn = arn(table);
      List<Json> records = new ArrayList<>();
      for (Shard shard : inOrder(shards(arn))) {
        read(arn, shard, records);
      }
      return new Reply(200, "", "", Json.object("Records", new Json.ArrayOf(records)));
    } catch (BrokenException broken) {
      return new Reply(200, "BrokenStream", broken.what, Json.object());
    }
  }

  private String arn(String table) {
    Reply reply = server.post("DescribeTable", Json.object("TableName", Json.text(table)));
    return object(reply.body(), "Table")
        .text("LatestStreamArn")
        .orElseThrow(() -> new BrokenException("the table has no stream: " + reply));
  }

  private Json.ObjectOf ask(String operation, Json.ObjectOf request) {
    Reply reply = HttpEndpoint.patiently(() -> server.postToStreams(operation, request));
    if (!reply.succeeded()) {
      throw new BrokenException(operation + " " + request.print() + " is answered with " + reply);
    }
    return reply.body();
  }

  private List<Shard> shards(String arn) {
    List<Shard> shards = new ArrayList<>();
    Json.ObjectOf request = Json.object("StreamArn", Json.text(arn));
    while (shards.size() < SHARDS_MAX) {
      Json.ObjectOf stream = object(ask("DescribeStream", request), "StreamDescription");
      for (Json json : array(stream, "Shards")) {
        Json.ObjectOf shard = (Json.ObjectOf) json;
        Json.ObjectOf range = object(shard, "SequenceNumberRange");
        shards.add(
            new Shard(
                shard.text("ShardId").orElseThrow(() -> new BrokenException("a shard without id")),
                shard.text("ParentShardId").orElse(""),
                range.text("StartingSequenceNumber").orElse(""),
                range.text("EndingSequenceNumber").orElse("")));
      }
      Optional<String> last = stream.text("LastEvaluatedShardId");
      if (last.isEmpty()) {
        return shards;
      }
      request = request.with("ExclusiveStartShardId", Json.text(last.get()));
    }
    throw new BrokenException("the shards do not end");
  }

  /** Parents, as far as they are still there, before their children. */
  private static List<Shard> inOrder(List<Shard> shards) {
    Set<String> waiting = new HashSet<>();
    shards.forEach(shard -> waiting.add(shard.id()));
    if (waiting.size() < shards.size()) {
      throw new BrokenException("a shard is listed twice: " + shards);
    }
    List<Shard> ordered = new ArrayList<>();
    while (ordered.size() < shards.size()) {
      List<Shard> free =
          shards.stream()
              .filter(shard -> waiting.contains(shard.id()))
              .filter(shard -> !waiting.contains(shard.parent()))
              .toList();
      if (free.isEmpty()) {
        throw new BrokenException("shards are their own ancestors: " + shards);
      }
      free.forEach(shard -> waiting.remove(shard.id()));
      ordered.addAll(free);
    }
    return ordered;
  }

  private void read(String arn, Shard shard, List<Json> records) {
    Json.ObjectOf request =
        Json.object("StreamArn", Json.text(arn))
            .with("ShardId", Json.text(shard.id()))
            .with("ShardIteratorType", Json.text("TRIM_HORIZON"));
    Optional<String> iterator = ask("GetShardIterator", request).text("ShardIterator");
    BigInteger previous = BigInteger.valueOf(-1);
    int empty = 0;
    for (int answers = 0; iterator.isPresent() && empty < EMPTY_ANSWERS; answers++) {
      if (answers > ANSWERS_MAX) {
        throw new BrokenException("the records of a shard do not end");
      }
      Json.ObjectOf answer =
          ask("GetRecords", Json.object("ShardIterator", Json.text(iterator.get())));
      List<Json> page = array(answer, "Records");
      for (Json record : page) {
        previous = check((Json.ObjectOf) record, shard, previous);
      }
      records.addAll(page);
      empty = page.isEmpty() ? empty + 1 : 0;
      iterator = answer.text("NextShardIterator");
    }
    if (iterator.isPresent() != shard.endingNumber().isEmpty() && empty < EMPTY_ANSWERS) {
      throw new BrokenException("a shard ends if and only if it is open: " + shard);
    }
  }

  /** The record's number, which must follow the one before it. */
  private BigInteger check(Json.ObjectOf record, Shard shard, BigInteger previous) {
    Json.ObjectOf change = object(record, "dynamodb");
    String text = change.text("SequenceNumber").orElse("");
    if (!text.matches("[0-9]{21,40}")) {
      throw new BrokenException(
          "a sequence number of 21 to 40 digits is missing: " + record.print());
    }
    BigInteger number = new BigInteger(text);
    boolean within =
        (shard.startingNumber().isEmpty()
                || number.compareTo(new BigInteger(shard.startingNumber())) >= 0)
            && (shard.endingNumber().isEmpty()
                || number.compareTo(new BigInteger(shard.endingNumber())) <= 0);
    if (!within || number.compareTo(previous) <= 0) {
      throw new BrokenException("sequence number " + text + " after " + previous + " in " + shard);
    }
    String id = record.text("eventID").orElse("");
    if (id.isEmpty() || !eventIds.add(id)) {
      throw new BrokenException("an eventID is missing or there twice: " + record.print());
    }
    boolean complete =
        record.text("eventVersion").filter(version -> version.startsWith("1.")).isPresent()
            && record.text("awsRegion").filter(region -> !region.isEmpty()).isPresent()
            && change.member("ApproximateCreationDateTime").orElse(Json.object())
                instanceof Json.Numeral;
    if (!complete) {
      throw new BrokenException("a record without version, region or time: " + record.print());
    }
    return number;
  }

  private static Json.ObjectOf object(Json.ObjectOf parent, String member) {
    return parent.member(member).orElse(Json.object()) instanceof Json.ObjectOf object
        ? object
        : Json.object();
  }

  private static List<Json> array(Json.ObjectOf parent, String member) {
    if (parent.member(member).orElse(Json.object()) instanceof Json.ArrayOf array) {
      return array.elements();
    }
    throw new BrokenException("no " + member + " in " + parent.print());
  }
}
