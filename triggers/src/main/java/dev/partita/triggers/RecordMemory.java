package dev.partita.triggers;

import java.util.Collection;
import java.util.concurrent.Semaphore;

/**
 * How many bytes of records all shards together may hold. A shard with nothing to deliver waits for
 * its turn to read; one that has records reads on only if there is room at once, and else delivers
 * what it has: so somebody always goes on. Thread-safe.
 */
final class RecordMemory {
  /** What a page may need before its size is known: its text, and its records. */
  private static final int PAGE_BYTES_MAX = 2 * StreamsClient.ANSWER_BYTES_MAX;

  private static final int UNIT_BYTES = 1024;
  private static final int PAGE_UNITS = PAGE_BYTES_MAX / UNIT_BYTES;

  /** Of a record, beside its JSON. */
  private static final int OVERHEAD_BYTES = 512;

  private final Semaphore units;

  /** Less than one page is no budget. */
  RecordMemory(long bytes) {
    long whole = Math.max(bytes, PAGE_BYTES_MAX) / UNIT_BYTES;
    this.units = new Semaphore((int) Math.min(whole, Integer.MAX_VALUE), true);
  }

  /** Waits for room for a page. */
  void awaitPage() throws InterruptedException {
    units.acquire(PAGE_UNITS);
  }

  /** Takes room for a page if there is some. */
  boolean tryPage() {
    return units.tryAcquire(PAGE_UNITS);
  }

  /** Of the room for a page only that for these records, which were kept, is needed any longer. */
  void pageRead(Collection<StreamRecord> kept) {
    units.release(PAGE_UNITS - units(kept));
  }

  /** These records are gone. */
  void release(Collection<StreamRecord> records) {
    units.release(units(records));
  }

  /** How many bytes nobody uses. */
  long freeBytes() {
    return (long) units.availablePermits() * UNIT_BYTES;
  }

  private static int units(Collection<StreamRecord> records) {
    long sum = 0;
    for (StreamRecord record : records) {
      sum += (record.json().size() + OVERHEAD_BYTES + UNIT_BYTES - 1) / UNIT_BYTES;
    }
    return (int) Math.min(sum, PAGE_UNITS);
  }
}
