package dev.partita.storage;

/**
 * Walks a key range in one direction over the state at its creation. Starts on the first key in its
 * direction. Not thread-safe, but may move between threads. Holds a lease of the store: the store
 * waits for its close, so close it soon.
 *
 * <p>Every method but {@link #close()} may throw {@link StorageException}, and {@link
 * DamagedFileException} when it meets damaged data.
 */
public interface Cursor extends AutoCloseable {

  /** Whether the cursor stands on a key; false past the end of the range. */
  boolean isValid();

  /** Steps on in the cursor's direction. Only on a valid cursor. */
  void next();

  /** The key the cursor stands on, a private copy. Only on a valid cursor. */
  byte[] key();

  /** The value the cursor stands on, a private copy. Only on a valid cursor. */
  byte[] value();

  /**
   * Moves to {@code key}: forward to the first key at or above it, backward to the last at or below
   * it, always inside the range.
   */
  void seek(byte[] key);

  @Override
  void close();
}
