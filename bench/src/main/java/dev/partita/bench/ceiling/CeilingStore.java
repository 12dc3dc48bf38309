package dev.partita.bench.ceiling;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB behind one writer that makes everything that waits durable with one fsync. */
final class CeilingStore implements AutoCloseable {
  private static final int WAITING_MAX = 65_536;
  private static final int BATCH_MAX = 1024;
  private static final long WRITER_END_MILLIS_MAX = 5_000;
  private static final int ROW_BYTES_GUESS = 300;

  private final ArrayBlockingQueue<Put> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final Options options = new Options().setCreateIfMissing(true).setMaxBackgroundJobs(2);
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final RocksDB database;
  private final Thread writer;

  /** A row to write; the callback runs on the writer once the row is durable. */
  record Put(byte[] key, byte[] value, Runnable durable) {}

  CeilingStore(Path directory) throws RocksDBException {
    this.database = RocksDB.open(options, directory.toString());
    this.writer = Thread.ofPlatform().name("writer").daemon().unstarted(this::writeForEver);
  }

  void start() {
    writer.start();
  }

  /** Waits if 65,536 rows wait already. */
  void put(Put put) throws InterruptedException {
    waiting.put(put);
  }

  byte @Nullable [] get(byte[] key) throws RocksDBException {
    return database.get(key);
  }

  private void writeForEver() {
    List<Put> batch = new ArrayList<>(BATCH_MAX);
    try {
      while (true) {
        batch.clear();
        batch.add(waiting.take());
        waiting.drainTo(batch, BATCH_MAX - 1);
        write(batch);
        for (Put put : batch) {
          put.durable.run();
        }
      }
    } catch (InterruptedException e) {
      // close() ends the writer.
    } catch (RocksDBException e) {
      throw new IllegalStateException("the bare server cannot write", e);
    }
  }

  private void write(List<Put> batch) throws RocksDBException {
    List<byte[]> keys = new ArrayList<>(batch.size());
    for (Put put : batch) {
      keys.add(put.key);
    }
    List<byte[]> old = database.multiGetAsList(keys);
    if (old.size() != keys.size()) {
      throw new IllegalStateException("a multiGet answers every key");
    }
    try (WriteBatch rows = new WriteBatch(batch.size() * ROW_BYTES_GUESS)) {
      for (Put put : batch) {
        rows.put(put.key, put.value);
      }
      database.write(synced, rows);
    }
  }

  @Override
  public void close() {
    writer.interrupt();
    try {
      writer.join(WRITER_END_MILLIS_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    database.close();
    synced.close();
    options.close();
  }
}
