package dev.partita.engine.simulation;

import dev.partita.engine.partition.MemoryStore;
import dev.partita.replication.LogEntry;
import dev.partita.replication.LogPosition;

/** What a replication group keeps when the node crashes: its store and the position of its log. */
class SimulatedDisk {
  private final MemoryStore store = new MemoryStore();
  private LogPosition position = LogPosition.START;
  private int duplicates;

  final MemoryStore store() {
    return store;
  }

  final LogPosition position() {
    return position;
  }

  /** How many entries were offered again. */
  final int duplicates() {
    return duplicates;
  }

  /** Applies an entry that follows the last one; drops any other whole. */
  final boolean apply(LogEntry entry) {
    if (entry.batchNumber() != position.batchNumber() + 1) {
      if (entry.batchNumber() <= position.batchNumber()) {
        duplicates++;
        duplicate(entry);
      }
      return false;
    }
    store.apply(entry.writeSet());
    position = entry.position();
    return true;
  }

  /** Called with an entry that was applied before: it is recognised and dropped. */
  void duplicate(LogEntry entry) {}
}
