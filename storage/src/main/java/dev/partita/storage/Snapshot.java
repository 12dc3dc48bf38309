package dev.partita.storage;

/**
 * The state of a store at one moment, over all its families. Holds a lease of the store: the store
 * waits for its close. What it still sees cannot be compacted away, so close it before long.
 */
public interface Snapshot extends StoreReader, AutoCloseable {

  /** Closing twice does nothing. */
  @Override
  void close();
}
