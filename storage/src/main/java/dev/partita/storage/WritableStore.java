package dev.partita.storage;

/** The write side of a store: for the replication log of its group only. */
public interface WritableStore extends KeyValueStore {

  /**
   * Applies both write sets atomically, {@code first} before {@code second}, and returns once they
   * are as durable as the store's {@link Durability} says. One call at a time.
   *
   * @throws NoSpaceException if the disk is full; whether the write is found after a restart is
   *     unknown, and every later write is refused until then
   * @throws StorageException if writing or forcing failed; the store must not be written again
   */
  void write(WriteSet first, WriteSet second);
}
