package dev.partita.storage;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The applied state of one replication group, read side. Thread-safe.
 *
 * <p>Keys are unsigned byte strings in lexicographic order. Returned arrays are private copies of
 * the caller. Every method but {@link #close()} throws {@link StoreClosedException} after close,
 * {@link DamagedFileException} when it meets damaged data and {@link StorageException} when the
 * disk fails.
 */
public interface KeyValueStore extends AutoCloseable {

  /** The value of {@code key}, or null. May read the disk. */
  byte @Nullable [] get(ColumnFamily family, byte[] key);

  /** As {@link #get}, but never does I/O: fit for an event loop. */
  CachedRead getCached(ColumnFamily family, byte[] key);

  /** The values of {@code keys}, in their order, null where absent. May read the disk. */
  List<byte @Nullable []> multiGet(ColumnFamily family, List<byte[]> keys);

  /**
   * A cursor over the range, seeing the state at its creation. An empty {@code endExclusive} means
   * no upper bound.
   */
  Cursor cursor(
      ColumnFamily family, byte[] startInclusive, byte[] endExclusive, Direction direction);

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
