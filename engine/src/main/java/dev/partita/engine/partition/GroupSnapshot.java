package dev.partita.engine.partition;

import dev.partita.storage.Snapshot;

/** The items of a group at one moment; close it soon. */
public final class GroupSnapshot implements AutoCloseable {
  private final Snapshot snapshot;
  private final ItemReader items;

  GroupSnapshot(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.items = new ItemReader(snapshot);
  }

  /** Reads of that moment. */
  public ItemReader items() {
    return items;
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
