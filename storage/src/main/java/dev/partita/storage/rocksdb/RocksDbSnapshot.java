package dev.partita.storage.rocksdb;

import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Cursor;
import dev.partita.storage.Direction;
import dev.partita.storage.Snapshot;
import dev.partita.storage.StoreClosedException;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;

/** A {@link Snapshot} on a RocksDB snapshot. Cursors that it made may outlive it. */
final class RocksDbSnapshot implements Snapshot {
  private final RocksDbStore store;
  private final RocksDB database;
  private final Leases leases;
  private final int lease;
  private final org.rocksdb.Snapshot snapshot;
  private final ReadOptions read;

  /** Readers share it, the close takes it alone: native memory is freed after the last reader. */
  private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

  private boolean closed;

  /** Takes over {@code lease}. */
  RocksDbSnapshot(RocksDbStore store, RocksDB database, Leases leases, int lease) {
    this.store = store;
    this.database = database;
    this.leases = leases;
    this.lease = lease;
    this.snapshot = database.getSnapshot();
    this.read = new ReadOptions().setSnapshot(snapshot);
  }

  @Override
  public byte @Nullable [] get(ColumnFamily family, byte[] key) {
    enter();
    try {
      return store.get(family, read, key);
    } finally {
      open.readLock().unlock();
    }
  }

  @Override
  public List<byte @Nullable []> multiGet(ColumnFamily family, List<byte[]> keys) {
    enter();
    try {
      return store.multiGet(family, read, keys);
    } finally {
      open.readLock().unlock();
    }
  }

  @Override
  public Cursor cursor(
      ColumnFamily family, byte[] startInclusive, byte[] endExclusive, Direction direction) {
    enter();
    try {
      return store.cursor(family, startInclusive, endExclusive, direction, snapshot);
    } finally {
      open.readLock().unlock();
    }
  }

  private void enter() {
    open.readLock().lock();
    if (closed) {
      open.readLock().unlock();
      throw new StoreClosedException("snapshot is closed");
    }
  }

  @Override
  public void close() {
    open.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        read.close();
        database.releaseSnapshot(snapshot);
        leases.exit(lease);
      }
    } finally {
      open.writeLock().unlock();
    }
  }
}
