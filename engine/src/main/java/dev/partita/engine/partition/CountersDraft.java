package dev.partita.engine.partition;

import java.util.ArrayList;
import java.util.List;

/** The counts of a partition as a batch changes them. */
final class CountersDraft {
  private long itemCount;
  private long itemBytes;
  private long lastSequence;
  private final List<LocalIndexCounters> localIndexes;

  CountersDraft(PartitionCounters counters) {
    this.itemCount = counters.itemCount();
    this.itemBytes = counters.itemBytes();
    this.lastSequence = counters.lastSequence();
    this.localIndexes = new ArrayList<>(counters.localIndexes());
  }

  /** Counts a change of items and gives out its sequence. */
  long change(int items, long bytes) {
    itemCount += items;
    itemBytes += bytes;
    return ++lastSequence;
  }

  long lastSequence() {
    return lastSequence;
  }

  void raiseSequence(long sequence) {
    lastSequence = Math.max(lastSequence, sequence);
  }

  void changeLocalIndex(int number, int rows, long bytes) {
    for (int place = 0; place < localIndexes.size(); place++) {
      LocalIndexCounters present = localIndexes.get(place);
      if (present.number() == number) {
        localIndexes.set(
            place,
            new LocalIndexCounters(number, present.rowCount() + rows, present.rowBytes() + bytes));
        return;
      }
    }
    localIndexes.add(new LocalIndexCounters(number, rows, bytes));
  }

  PartitionCounters counters() {
    return new PartitionCounters(itemCount, itemBytes, lastSequence, List.copyOf(localIndexes));
  }
}
