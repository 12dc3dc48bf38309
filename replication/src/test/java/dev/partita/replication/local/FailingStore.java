package dev.partita.replication.local;

import dev.partita.storage.CachedRead;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Cursor;
import dev.partita.storage.Direction;
import dev.partita.storage.KeyRangeSize;
import dev.partita.storage.Snapshot;
import dev.partita.storage.StoreStatistics;
import dev.partita.storage.WritableStore;
import dev.partita.storage.WriteSet;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An empty store whose writes do what a test says. */
final class FailingStore implements WritableStore {
  private final Runnable onWrite;
  int writes;

  FailingStore(Runnable onWrite) {
    this.onWrite = onWrite;
  }

  @Override
  public void write(WriteSet first, WriteSet second) {
    writes++;
    onWrite.run();
  }

  @Override
  public byte @Nullable [] get(ColumnFamily family, byte[] key) {
    return null;
  }

  @Override
  public CachedRead getCached(ColumnFamily family, byte[] key) {
    return CachedRead.ABSENT;
  }

  @Override
  public List<byte @Nullable []> multiGet(ColumnFamily family, List<byte[]> keys) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Cursor cursor(ColumnFamily family, byte[] start, byte[] end, Direction direction) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Snapshot snapshot() {
    throw new UnsupportedOperationException();
  }

  @Override
  public KeyRangeSize approximateSize(ColumnFamily family, byte[] start, byte[] end) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long liveDataBytes() {
    return 0;
  }

  @Override
  public void flush() {}

  @Override
  public void checkpoint(Path target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StoreStatistics statistics() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
