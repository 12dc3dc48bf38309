package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Reads a stream as a client does: all its shards, each from where it left off. */
final class StreamReader {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ENDED = "";

  private final DynamoDbStreamsClient client;
  private final String arn;
  private final Map<String, String> iterators = new LinkedHashMap<>();

  /** Begins at the oldest records. */
  StreamReader(DynamoDbStreamsClient client, String arn) {
    this.client = client;
    this.arn = arn;
  }

  /** All shards, page by page. */
  List<Shard> shards() {
    List<Shard> shards = new ArrayList<>();
    String last = null;
    do {
      String start = last;
      DescribeStreamResponse page =
          client.describeStream(r -> r.streamArn(arn).exclusiveStartShardId(start));
      shards.addAll(page.streamDescription().shards());
      last = page.streamDescription().lastEvaluatedShardId();
    } while (last != null);
    return shards;
  }

  String iterator(String shardId, ShardIteratorType type) {
    return client
        .getShardIterator(r -> r.streamArn(arn).shardId(shardId).shardIteratorType(type))
        .shardIterator();
  }

  /** What is new; parents come before their children. */
  List<Record> next() {
    List<Record> records = new ArrayList<>();
    for (Shard shard : shards()) {
      String iterator =
          iterators.computeIfAbsent(
              shard.shardId(), id -> iterator(id, ShardIteratorType.TRIM_HORIZON));
      while (!iterator.equals(ENDED)) {
        String from = iterator;
        GetRecordsResponse page = client.getRecords(r -> r.shardIterator(from));
        records.addAll(page.records());
        iterator = page.nextShardIterator() == null ? ENDED : page.nextShardIterator();
        if (page.records().isEmpty()) {
          break;
        }
      }
      iterators.put(shard.shardId(), iterator);
    }
    return records;
  }

  /** The next {@code count} records, which may take a while to come, and no more. */
  List<Record> next(int count) {
    Instant start = Instant.now();
    List<Record> records = new ArrayList<>(next());
    while (records.size() < count) {
      assertTrue(Duration.between(start, Instant.now()).compareTo(PATIENCE) < 0, "" + records);
      sleep();
      records.addAll(next());
    }
    assertEquals(count, records.size(), () -> "" + records);
    return records;
  }

  private static void sleep() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
