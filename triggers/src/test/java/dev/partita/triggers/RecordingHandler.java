package dev.partita.triggers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes every batch, or does what it is told to, and remembers what it got. */
final class RecordingHandler implements TriggerHandler {
  private final List<StreamBatch> batches = new ArrayList<>();
  private volatile TriggerHandler behaviour = batch -> new DeliveryOutcome.Delivered();

  /** What becomes of batches from now on; each is remembered before. */
  void behave(TriggerHandler next) {
    behaviour = next;
  }

  @Override
  public DeliveryOutcome handle(StreamBatch batch) throws Exception {
    synchronized (this) {
      batches.add(batch);
      notifyAll();
    }
    return behaviour.handle(batch);
  }

  synchronized List<StreamBatch> batches() {
    return List.copyOf(batches);
  }

  /** The sequence numbers of all records in the order in which they came, repetitions included. */
  synchronized List<String> sequenceNumbers() {
    return batches.stream()
        .flatMap(batch -> batch.records().stream())
        .map(StreamRecord::sequenceNumber)
        .toList();
  }

  /** Waits until so many records came. */
  synchronized void awaitRecords(int count) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (sequenceNumbers().size() < count) {
      long left = deadline - System.nanoTime();
      assertTrue(left > 0, "only " + sequenceNumbers() + " came");
      wait(left / 1_000_000 + 1);
    }
  }
}
