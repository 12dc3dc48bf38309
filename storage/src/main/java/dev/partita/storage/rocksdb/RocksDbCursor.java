package dev.partita.storage.rocksdb;

import dev.partita.base.Invariant;
import dev.partita.storage.Cursor;
import dev.partita.storage.Direction;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/** A {@link Cursor} on a RocksDB iterator, whose bounds RocksDB keeps. */
final class RocksDbCursor implements Cursor {
  private final Path directory;
  private final Leases leases;
  private final int lease;
  private final Direction direction;
  private final Slice lowerBound;
  private final Slice upperBound;
  private final ReadOptions options;
  private final RocksIterator iterator;
  private boolean valid;
  private boolean closed;

  /** Takes over {@code lease}, also when it throws. */
  RocksDbCursor(
      Path directory,
      RocksDB database,
      ColumnFamilyHandle family,
      byte[] startInclusive,
      byte[] endExclusive,
      Direction direction,
      @Nullable Snapshot snapshot,
      Leases leases,
      int lease) {
    this.directory = directory;
    this.leases = leases;
    this.lease = lease;
    this.direction = direction;
    this.lowerBound = new Slice(startInclusive);
    this.upperBound = new Slice(endExclusive);
    this.options = new ReadOptions();
    options.setIterateLowerBound(lowerBound);
    if (endExclusive.length > 0) {
      options.setIterateUpperBound(upperBound);
    }
    if (snapshot != null) {
      options.setSnapshot(snapshot);
    }
    this.iterator = database.newIterator(family, options);
    try {
      switch (direction) {
        case FORWARD -> iterator.seekToFirst();
        case BACKWARD -> iterator.seekToLast();
      }
      arrive();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public boolean isValid() {
    checkOpen();
    return valid;
  }

  @Override
  public void next() {
    checkValid();
    switch (direction) {
      case FORWARD -> iterator.next();
      case BACKWARD -> iterator.prev();
    }
    arrive();
  }

  @Override
  public byte[] key() {
    checkValid();
    return iterator.key();
  }

  @Override
  public byte[] value() {
    checkValid();
    return iterator.value();
  }

  @Override
  public void seek(byte[] key) {
    checkOpen();
    switch (direction) {
      case FORWARD -> iterator.seek(key);
      case BACKWARD -> iterator.seekForPrev(key);
    }
    arrive();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      iterator.close();
      options.close();
      upperBound.close();
      lowerBound.close();
      leases.exit(lease);
    }
  }

  /** An iterator that stops looks the same at the range's end and at an error. */
  private void arrive() {
    valid = iterator.isValid();
    if (!valid) {
      try {
        iterator.status();
      } catch (RocksDBException e) {
        throw RocksDbErrors.translate(directory, e);
      }
    }
  }

  private void checkOpen() {
    Invariant.check(!closed, "cursor is used after its close");
  }

  /** RocksDB itself would read freed memory. */
  private void checkValid() {
    checkOpen();
    Invariant.check(valid, "cursor does not stand on a key");
  }
}
