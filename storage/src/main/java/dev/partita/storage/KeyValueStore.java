package dev.partita.storage;

import java.nio.file.Path;

/** The applied state of one replication group, read side. Thread-safe. */
public interface KeyValueStore extends StoreReader, AutoCloseable {

  /** As {@link #get}, but never does I/O: fit for an event loop. */
  CachedRead getCached(ColumnFamily family, byte[] key);

  /** The present state, to be read at leisure. */
  Snapshot snapshot();

  /** Roughly what the range holds, without reading it. For metrics and splits. */
  KeyRangeSize approximateSize(ColumnFamily family, byte[] startInclusive, byte[] endExclusive);

  /** Estimate of the bytes of live data in files, all families. */
  long liveDataBytes();

  /** Writes all buffered changes of all families to files, atomically, and waits for it. */
  void flush();

  /**
   * A copy of the present state in the new directory {@code target}, by hard links where the file
   * system allows. It can be opened as a store.
   */
  void checkpoint(Path target);

  StoreStatistics statistics();

  /** Waits for the readers inside, then closes. Closing twice does nothing. */
  @Override
  void close();
}
