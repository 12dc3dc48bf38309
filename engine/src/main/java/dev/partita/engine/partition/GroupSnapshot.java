package dev.partita.engine.partition;

import dev.partita.storage.Snapshot;

/** A group at one moment; close it soon. */
public final class GroupSnapshot implements AutoCloseable {
  private final Snapshot snapshot;
  private final ItemReader items;
  private final DerivedReader derived;

  GroupSnapshot(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.items = new ItemReader(snapshot);
    this.derived = new DerivedReader(snapshot);
  }

  /** Reads of that moment. */
  public ItemReader items() {
    return items;
  }

  /** Reads of what is kept besides items, of that moment. */
  public DerivedReader derived() {
    return derived;
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
