package dev.partita.triggers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The records of one shard that were read and not delivered yet. Not thread-safe. */
final class RecordBuffer {
  /** What an event has at most, as for a function of AWS Lambda. */
  static final int EVENT_BYTES_MAX = 6 << 20;

  private final int recordsMax;
  private final ArrayDeque<StreamRecord> records = new ArrayDeque<>();
  private long bytes;

  RecordBuffer(int recordsMax) {
    this.recordsMax = recordsMax;
  }

  void addAll(List<StreamRecord> more) {
    records.addAll(more);
    more.forEach(record -> bytes += bytes(record));
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  /** Whether a batch would have no room for another record, however small. */
  boolean isFull() {
    return records.size() >= recordsMax
        || bytes + StreamBatch.EVENT_OVERHEAD_BYTES >= EVENT_BYTES_MAX;
  }

  /** How many records are missing to a full batch. */
  int room() {
    return recordsMax - records.size();
  }

  /** Takes the next batch: as many records as it may have, and at least one. */
  List<StreamRecord> take() {
    List<StreamRecord> batch = new ArrayList<>();
    long size = StreamBatch.EVENT_OVERHEAD_BYTES;
    while (!records.isEmpty() && batch.size() < recordsMax) {
      long next = bytes(records.getFirst());
      if (!batch.isEmpty() && size + next > EVENT_BYTES_MAX) {
        break;
      }
      batch.add(records.removeFirst());
      size += next;
      bytes -= next;
    }
    return batch;
  }

  /** Takes all that is left. */
  List<StreamRecord> clear() {
    List<StreamRecord> rest = List.copyOf(records);
    records.clear();
    bytes = 0;
    return rest;
  }

  /** Of a record in an event, with a comma. */
  private static long bytes(StreamRecord record) {
    return record.json().size() + 1L;
  }
}
