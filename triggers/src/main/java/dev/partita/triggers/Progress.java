package dev.partita.triggers;

import java.util.concurrent.atomic.LongAdder;

/** What a consumer has done since it started. Thread-safe. */
public final class Progress {
  private final LongAdder batches = new LongAdder();
  private final LongAdder records = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder givenUp = new LongAdder();

  Progress() {}

  void delivered(int count) {
    batches.increment();
    records.add(count);
  }

  void retried() {
    retries.increment();
  }

  void givenUp(int count) {
    givenUp.add(count);
  }

  /** Batches, and parts of batches, that were delivered. */
  public long deliveredBatches() {
    return batches.sum();
  }

  /** Records that were delivered. */
  public long deliveredRecords() {
    return records.sum();
  }

  /** Attempts that failed and were followed by another. */
  public long retries() {
    return retries.sum();
  }

  /** Records that could not be delivered and were given up. */
  public long givenUpRecords() {
    return givenUp.sum();
  }

  /** One line for the log. */
  @Override
  public String toString() {
    return "%d records delivered in %d batches, %d retries, %d records given up"
        .formatted(deliveredRecords(), deliveredBatches(), retries(), givenUpRecords());
  }
}
