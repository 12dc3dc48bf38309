package dev.partita.storage;

/** The answer of a read that may not touch the disk. */
public sealed interface CachedRead {
  /** The only {@link Absent}. */
  CachedRead ABSENT = new Absent();

  /** The only {@link NotCached}. */
  CachedRead NOT_CACHED = new NotCached();

  /** The key has this value. The array is a private copy of the caller. */
  record Found(byte[] value) implements CachedRead {}

  /** The key has no value. */
  record Absent() implements CachedRead {}

  /** Answering would have needed the disk: read again with {@link KeyValueStore#get}. */
  record NotCached() implements CachedRead {}
}
