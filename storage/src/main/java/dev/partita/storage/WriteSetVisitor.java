package dev.partita.storage;

/**
 * Receives the operations of a {@link WriteSet} in order. Every array is a private copy of the
 * receiver.
 */
public interface WriteSetVisitor {

  void put(ColumnFamily family, byte[] key, byte[] value);

  void delete(ColumnFamily family, byte[] key);

  void deleteRange(ColumnFamily family, byte[] startInclusive, byte[] endExclusive);
}
