package dev.partita.triggers;

import dev.partita.base.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Records made by hand. */
final class Records {
  static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private Records() {}

  static StreamRecord record(int number) {
    return record(number, TIME, "{\"number\":" + number + "}");
  }

  static StreamRecord record(int number, Instant createdAt, String json) {
    return new StreamRecord(
        "event-" + number,
        EventName.INSERT,
        Integer.toString(number),
        createdAt,
        Bytes.wrap(json.getBytes(StandardCharsets.UTF_8)));
  }

  /** Records with the sequence numbers {@code from} to {@code to}, both included. */
  static StreamBatch batch(int from, int to) {
    List<StreamRecord> records = new ArrayList<>();
    for (int number = from; number <= to; number++) {
      records.add(record(number));
    }
    return new StreamBatch("arn", "shard", records);
  }
}
