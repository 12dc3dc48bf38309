package dev.partita.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.engine.fake.SettableClock;
import dev.partita.engine.metadata.MemoryNode;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.model.Item;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.DescribeStreamRequest;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.GetRecordsResponse;
import dev.partita.model.api.ListStreamsRequest;
import dev.partita.model.api.ListStreamsResponse;
import dev.partita.model.api.Shard;
import dev.partita.model.api.ShardFilter;
import dev.partita.model.api.ShardFilterType;
import dev.partita.model.api.StreamChange;
import dev.partita.model.api.StreamEventName;
import dev.partita.model.api.StreamRecord;
import dev.partita.model.api.StreamViewType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** What the tests of streams share. */
abstract class StreamsFixture {
  final MemoryNode node = new MemoryNode(2);

  StreamTable table(StreamViewType viewType) {
    return new StreamTable(node, "abc", 1, viewType);
  }

  static void check(
      StreamRecord streamRecord,
      StreamEventName name,
      @Nullable Item newImage,
      @Nullable Item oldImage,
      StreamViewType viewType) {
    StreamChange change = streamRecord.dynamodb();
    Item keys = StreamTable.item("a", 1, null);
    assertEquals(name, streamRecord.eventName());
    assertEquals("1.1", streamRecord.eventVersion());
    assertEquals("aws:dynamodb", streamRecord.eventSource());
    assertEquals("us-east-1", streamRecord.awsRegion());
    assertNull(streamRecord.userIdentity());
    assertTrue(streamRecord.eventId().matches("[0-9a-f]{32}"), streamRecord.eventId());
    assertEquals(keys, change.keys());
    assertEquals(newImage, change.newImage());
    assertEquals(oldImage, change.oldImage());
    assertEquals(viewType, change.streamViewType());
    assertEquals(SettableClock.START / 1000, change.approximateCreationDateTime());
    int size =
        keys.size()
            + (newImage == null ? 0 : newImage.size())
            + (oldImage == null ? 0 : oldImage.size());
    assertEquals(size, change.sizeBytes());
  }

  static List<StreamRecord> all(StreamTable table) {
    List<StreamRecord> records = new ArrayList<>();
    table.shards().forEach(shard -> records.addAll(table.records(shard)));
    return records;
  }

  static String next(GetRecordsResponse page) {
    String next = page.nextShardIterator();
    assertNotNull(next);
    return next;
  }

  static List<Shard> filtered(StreamTable table, String parent) {
    ShardFilter filter = new ShardFilter(ShardFilterType.CHILD_SHARDS, parent);
    return table
        .streams
        .describe(new DescribeStreamRequest(table.arn(), null, null, filter))
        .streamDescription()
        .shards();
  }

  static void assertBadNumber(Executable request) {
    assertRefused(ErrorType.VALIDATION, "Invalid SequenceNumber", request);
  }

  static void assertExpired(Executable request) {
    assertRefused(ErrorType.EXPIRED_ITERATOR, "Shard iterator has expired", request);
  }

  static void trim(StreamTable table, long through) {
    PartitionPlacement placement = table.table.partitions().getFirst();
    table
        .node
        .group(placement)
        .submit(
            new GroupCommand.AdvanceChangeLog(
                placement.partition(), table.table.tableId(), 0, through, 0, _ -> {}));
  }

  static void assertTrimmed(Executable request) {
    assertRefused(
        ErrorType.TRIMMED_DATA_ACCESS,
        "The operation attempted to read past the oldest stream record in a shard.",
        request);
  }

  static void assertRefused(ErrorType type, String message, Executable request) {
    ApiException refused = assertThrows(ApiException.class, request);
    assertEquals(message, refused.error().message());
    assertEquals(type, refused.error().type());
  }

  static List<String> listed(Streams streams, @Nullable String table, int limit) {
    List<String> arns = new ArrayList<>();
    String start = null;
    do {
      ListStreamsResponse page = streams.list(new ListStreamsRequest(table, limit, start));
      page.streams().forEach(stream -> arns.add(stream.streamArn()));
      start = page.lastEvaluatedStreamArn();
      assertTrue(start == null || page.streams().size() == limit);
    } while (start != null);
    return arns;
  }
}
