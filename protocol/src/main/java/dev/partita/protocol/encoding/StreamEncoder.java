package dev.partita.protocol.encoding;

import dev.partita.model.Item;
import dev.partita.model.api.DescribeStreamResponse;
import dev.partita.model.api.GetRecordsResponse;
import dev.partita.model.api.GetShardIteratorResponse;
import dev.partita.model.api.KeySchemaElement;
import dev.partita.model.api.ListStreamsResponse;
import dev.partita.model.api.SequenceNumberRange;
import dev.partita.model.api.Shard;
import dev.partita.model.api.StreamChange;
import dev.partita.model.api.StreamDescription;
import dev.partita.model.api.StreamRecord;
import dev.partita.model.api.StreamSummary;
import dev.partita.model.api.StreamUserIdentity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers of DynamoDB Streams, to JSON. Records come by the thousand, so what is the same in
 * each is written as bytes and their items are walked.
 */
final class StreamEncoder {
  private static final int CAPACITY_INITIAL = 512;

  /** A record without its items, about. */
  private static final int RECORD_BYTES_EXPECTED = 448;

  /** How much larger an item is in JSON, about, as a shift. */
  private static final int ITEM_GROWTH_SHIFT = 1;

  private static final byte[] EVENT_ID = ascii("{\"eventID\":");
  private static final byte[] EVENT_NAME = ascii("\"eventName\":");
  private static final byte[] EVENT_VERSION = ascii("\"eventVersion\":");
  private static final byte[] EVENT_SOURCE = ascii("\"eventSource\":");
  private static final byte[] REGION = ascii("\"awsRegion\":");
  private static final byte[] CREATED = ascii("\"dynamodb\":{\"ApproximateCreationDateTime\":");
  private static final byte[] KEYS = ascii("\"Keys\":");
  private static final byte[] NEW_IMAGE = ascii("\"NewImage\":");
  private static final byte[] OLD_IMAGE = ascii("\"OldImage\":");
  private static final byte[] SEQUENCE_NUMBER = ascii("\"SequenceNumber\":");
  private static final byte[] SIZE_BYTES = ascii("\"SizeBytes\":");
  private static final byte[] VIEW_TYPE = ascii("\"StreamViewType\":");

  private StreamEncoder() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] encode(ListStreamsResponse list) {
    JsonWriter json = new JsonWriter(CAPACITY_INITIAL).startObject().name("Streams").startArray();
    for (StreamSummary stream : list.streams()) {
      json.startObject().member("StreamArn", stream.streamArn());
      json.member("TableName", stream.tableName());
      json.member("StreamLabel", stream.streamLabel()).endObject();
    }
    json.endArray().member("LastEvaluatedStreamArn", list.lastEvaluatedStreamArn());
    return json.endObject().toBytes();
  }

  static byte[] encode(DescribeStreamResponse describe) {
    StreamDescription stream = describe.streamDescription();
    JsonWriter json = new JsonWriter(CAPACITY_INITIAL).startObject().name("StreamDescription");
    json.startObject().member("StreamArn", stream.streamArn());
    json.member("StreamLabel", stream.streamLabel());
    json.member("StreamStatus", stream.streamStatus());
    json.member("StreamViewType", stream.streamViewType());
    json.member("CreationRequestDateTime", stream.creationRequestDateTime());
    json.member("TableName", stream.tableName());
    json.name("KeySchema").startArray();
    for (KeySchemaElement element : stream.keySchema()) {
      json.startObject().member("AttributeName", element.attributeName());
      json.member("KeyType", element.keyType()).endObject();
    }
    json.endArray().name("Shards").startArray();
    for (Shard shard : stream.shards()) {
      shard(json, shard);
    }
    json.endArray().member("LastEvaluatedShardId", stream.lastEvaluatedShardId());
    return json.endObject().endObject().toBytes();
  }

  private static void shard(JsonWriter json, Shard shard) {
    json.startObject().member("ShardId", shard.shardId());
    SequenceNumberRange range = shard.sequenceNumberRange();
    json.name("SequenceNumberRange").startObject();
    json.member("StartingSequenceNumber", range.startingSequenceNumber());
    json.member("EndingSequenceNumber", range.endingSequenceNumber()).endObject();
    json.member("ParentShardId", shard.parentShardId()).endObject();
  }

  static byte[] encode(GetShardIteratorResponse response) {
    return new JsonWriter(CAPACITY_INITIAL)
        .startObject()
        .member("ShardIterator", response.shardIterator())
        .endObject()
        .toBytes();
  }

  static byte[] encode(GetRecordsResponse response) {
    List<StreamRecord> records = response.records();
    JsonWriter json = new JsonWriter(expectedBytes(records));
    ItemWriter items = new ItemWriter(json);
    json.startObject().name("Records").startArray();
    for (StreamRecord streamRecord : records) {
      write(json, items, streamRecord);
    }
    json.endArray().member("NextShardIterator", response.nextShardIterator());
    return json.endObject().toBytes();
  }

  /** Room for all records, so that the array is seldom copied while it grows. */
  private static int expectedBytes(List<StreamRecord> records) {
    long itemBytes = 0;
    for (StreamRecord streamRecord : records) {
      itemBytes += itemBytes(streamRecord.dynamodb());
    }
    return (int)
        Math.min(
            Integer.MAX_VALUE / 2,
            CAPACITY_INITIAL
                + (long) RECORD_BYTES_EXPECTED * records.size()
                + (itemBytes << ITEM_GROWTH_SHIFT));
  }

  /** The memory that the items of {@code change} hold. */
  static long itemBytes(StreamChange change) {
    Item newImage = change.newImage();
    Item oldImage = change.oldImage();
    return (long) change.keys().retainedBytes()
        + (newImage == null ? 0 : newImage.retainedBytes())
        + (oldImage == null ? 0 : oldImage.retainedBytes());
  }

  private static void write(JsonWriter json, ItemWriter items, StreamRecord streamRecord) {
    json.open(EVENT_ID).value(streamRecord.eventId());
    json.open(EVENT_NAME).value(streamRecord.eventName().name());
    json.open(EVENT_VERSION).value(streamRecord.eventVersion());
    json.open(EVENT_SOURCE).value(streamRecord.eventSource());
    json.open(REGION).value(streamRecord.awsRegion());
    StreamChange change = streamRecord.dynamodb();
    json.open(CREATED).value(change.approximateCreationDateTime());
    image(json, items, KEYS, change.keys());
    image(json, items, NEW_IMAGE, change.newImage());
    image(json, items, OLD_IMAGE, change.oldImage());
    json.open(SEQUENCE_NUMBER).value(change.sequenceNumber());
    json.open(SIZE_BYTES).value(change.sizeBytes());
    json.open(VIEW_TYPE).value(change.streamViewType().name()).endObject();
    StreamUserIdentity identity = streamRecord.userIdentity();
    if (identity != null) {
      json.name("userIdentity").startObject().member("PrincipalId", identity.principalId());
      json.member("Type", identity.type()).endObject();
    }
    json.endObject();
  }

  private static void image(JsonWriter json, ItemWriter items, byte[] name, @Nullable Item image) {
    if (image != null) {
      json.open(name);
      items.write(image);
    }
  }
}
