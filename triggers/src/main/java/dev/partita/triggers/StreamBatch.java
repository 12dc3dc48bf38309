package dev.partita.triggers;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Records of one shard, in order. Never empty.
 *
 * @param streamArn of the stream
 * @param shardId of the shard
 * @param records at least one
 */
public record StreamBatch(String streamArn, String shardId, List<StreamRecord> records) {
  private static final byte[] HEAD = "{\"Records\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TAIL = "]}".getBytes(StandardCharsets.US_ASCII);

  /** What the event has beyond its records' bytes and a comma after each. */
  static final int EVENT_OVERHEAD_BYTES = HEAD.length + TAIL.length;

  /** Copies the list. */
  public StreamBatch {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("a batch has at least one record");
    }
    records = List.copyOf(records);
  }

  /** The sequence number of the first record. */
  public String firstSequenceNumber() {
    return records.getFirst().sequenceNumber();
  }

  /** The sequence number of the last record. */
  public String lastSequenceNumber() {
    return records.getLast().sequenceNumber();
  }

  /** The event that a Lambda function would receive: one JSON object, UTF-8. */
  public byte[] eventJson() {
    int size = EVENT_OVERHEAD_BYTES;
    for (StreamRecord record : records) {
      size += record.json().size() + 1;
    }
    ByteArrayOutputStream event = new ByteArrayOutputStream(size);
    event.writeBytes(HEAD);
    String separator = "";
    for (StreamRecord record : records) {
      event.writeBytes(separator.getBytes(StandardCharsets.US_ASCII));
      event.writeBytes(record.json().array());
      separator = ",";
    }
    event.writeBytes(TAIL);
    return event.toByteArray();
  }

  /** The records from {@code from} to before {@code to}. */
  StreamBatch part(int from, int to) {
    return new StreamBatch(streamArn, shardId, records.subList(from, to));
  }

  /** Sequence numbers and shard, for logs. */
  @Override
  public String toString() {
    return "%d records of %s, %s to %s"
        .formatted(records.size(), shardId, firstSequenceNumber(), lastSequenceNumber());
  }
}
