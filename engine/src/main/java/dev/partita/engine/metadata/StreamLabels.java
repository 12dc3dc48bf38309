package dev.partita.engine.metadata;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Labels of streams: the time of their creation, as in {@code 2026-11-25T03:04:05.123}. */
final class StreamLabels {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private StreamLabels() {}

  /** The label of a stream created at {@code now}, later than that of any of {@code streams}. */
  static String next(List<StreamDescriptor> streams, long now) {
    long millis = now;
    if (!streams.isEmpty()) {
      millis = Math.max(now, millis(streams.getLast().label()) + 1);
    }
    return FORMAT.format(Instant.ofEpochMilli(millis));
  }

  private static long millis(String label) {
    return Instant.from(FORMAT.parse(label)).toEpochMilli();
  }
}
