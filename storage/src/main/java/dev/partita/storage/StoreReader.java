package dev.partita.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys and ranges, of a store as it is or of a {@link Snapshot}. Thread-safe.
 *
 * <p>Keys are unsigned byte strings in lexicographic order. Returned arrays are private copies of
 * the caller. Every method throws {@link StoreClosedException} after close, {@link
 * DamagedFileException} when it meets damaged data and {@link StorageException} when the disk
 * fails.
 */
public interface StoreReader {

  /** The value of {@code key}, or null. May read the disk. */
  byte @Nullable [] get(ColumnFamily family, byte[] key);

  /** The values of {@code keys}, in their order, null where absent. May read the disk. */
  List<byte @Nullable []> multiGet(ColumnFamily family, List<byte[]> keys);

  /**
   * A cursor over the range, seeing the state at its creation. An empty {@code endExclusive} means
   * no upper bound.
   */
  Cursor cursor(
      ColumnFamily family, byte[] startInclusive, byte[] endExclusive, Direction direction);
}
