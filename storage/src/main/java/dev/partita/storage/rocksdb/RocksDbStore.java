package dev.partita.storage.rocksdb;

import dev.partita.base.Clock;
import dev.partita.base.Invariant;
import dev.partita.storage.CachedRead;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Cursor;
import dev.partita.storage.Direction;
import dev.partita.storage.Durability;
import dev.partita.storage.KeyRangeSize;
import dev.partita.storage.Snapshot;
import dev.partita.storage.StorageException;
import dev.partita.storage.StoreStatistics;
import dev.partita.storage.WritableStore;
import dev.partita.storage.WriteSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of one replication group in one RocksDB directory.
 *
 * <p>Reads run on the caller's thread and may come from any number of threads; writes come from
 * one.
 */
public final class RocksDbStore implements WritableStore {
  private static final Logger LOGGER = LoggerFactory.getLogger(RocksDbStore.class);

  /** Where RocksDB's write batch holds the number of its operations, as a write set does. */
  private static final int BATCH_COUNT_OFFSET = 8;

  /** With less than this in write buffers, replaying the log costs less than flushing it. */
  private static final long FLUSH_AT_CLOSE_BYTES_MIN = 4L << 20;

  private static final long CLOSE_NANOS_MAX = 30_000_000_000L;

  /** Above every key: a range that ends nowhere. */
  private static final byte[] ABOVE_EVERY_KEY = new byte[256];

  static {
    Arrays.fill(ABOVE_EVERY_KEY, (byte) 0xff);
  }

  private final Path directory;
  private final Durability durability;
  private final Clock clock;
  private final SharedMemory memory;
  private final StoreOptions options;
  private final RocksDB database;
  private final ColumnFamilyHandle[] families;
  private final Leases leases;
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong logBytes = new AtomicLong();
  private boolean closed;

  private RocksDbStore(
      Path directory,
      Durability durability,
      Clock clock,
      SharedMemory memory,
      StoreOptions options,
      RocksDB database,
      ColumnFamilyHandle[] families) {
    this.directory = directory;
    this.durability = durability;
    this.clock = clock;
    this.memory = memory;
    this.options = options;
    this.database = database;
    this.families = families;
    this.leases = new Leases(directory.toString());
    for (ColumnFamily family : ColumnFamily.values()) {
      // Records of write sets name families by id.
      Invariant.check(
          families[family.id()].getID() == family.id(),
          "RocksDB gave a column family another id",
          "id",
          family.id());
    }
  }

  /**
   * Opens the store in {@code directory}, which a {@code DataDirectory} has locked; an empty
   * directory becomes an empty store. Checks the write-ahead log first and cuts off a torn last
   * write.
   *
   * @param memory shared by the stores of the node, closed after them
   * @throws dev.partita.storage.DamagedFileException if a file is damaged
   * @throws StorageException if it cannot be opened for another reason
   */
  public static RocksDbStore open(
      Path directory, Durability durability, SharedMemory memory, Clock clock) {
    LogFileCheck.checkStore(directory);
    StoreOptions options = new StoreOptions(durability, memory);
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try {
      RocksDB database =
          RocksDB.open(options.database, directory.toString(), options.descriptors(), handles);
      return new RocksDbStore(
          directory,
          durability,
          clock,
          memory,
          options,
          database,
          handles.toArray(new ColumnFamilyHandle[0]));
    } catch (RocksDBException e) {
      options.close();
      throw RocksDbErrors.translate(directory, e);
    }
  }

  @Override
  public byte @Nullable [] get(ColumnFamily family, byte[] key) {
    return get(family, options.read, key);
  }

  byte @Nullable [] get(ColumnFamily family, ReadOptions read, byte[] key) {
    int lease = leases.enter();
    try {
      return database.get(families[family.id()], read, key);
    } catch (RocksDBException e) {
      throw RocksDbErrors.translate(directory, e);
    } finally {
      leases.exit(lease);
    }
  }

  @Override
  public CachedRead getCached(ColumnFamily family, byte[] key) {
    int lease = leases.enter();
    try {
      // Not keyMayExist, which throws nothing but answers "absent" to damage.
      byte[] value = database.get(families[family.id()], options.readCached, key);
      return value == null ? CachedRead.ABSENT : new CachedRead.Found(value);
    } catch (RocksDBException e) {
      if (RocksDbErrors.isNotCached(e)) {
        return CachedRead.NOT_CACHED;
      }
      throw RocksDbErrors.translate(directory, e);
    } finally {
      leases.exit(lease);
    }
  }

  @Override
  public List<byte @Nullable []> multiGet(ColumnFamily family, List<byte[]> keys) {
    return multiGet(family, options.read, keys);
  }

  List<byte @Nullable []> multiGet(ColumnFamily family, ReadOptions read, List<byte[]> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    int lease = leases.enter();
    try {
      return database.multiGetAsList(
          read, Collections.nCopies(keys.size(), families[family.id()]), keys);
    } catch (RocksDBException e) {
      throw RocksDbErrors.translate(directory, e);
    } finally {
      leases.exit(lease);
    }
  }

  @Override
  public Cursor cursor(
      ColumnFamily family, byte[] startInclusive, byte[] endExclusive, Direction direction) {
    return cursor(family, startInclusive, endExclusive, direction, null);
  }

  /** A cursor over the state of {@code snapshot}, or over the present one if it is null. */
  Cursor cursor(
      ColumnFamily family,
      byte[] startInclusive,
      byte[] endExclusive,
      Direction direction,
      org.rocksdb.@Nullable Snapshot snapshot) {
    int lease = leases.enter();
    return new RocksDbCursor(
        directory,
        database,
        families[family.id()],
        startInclusive,
        endExclusive,
        direction,
        snapshot,
        leases,
        lease);
  }

  @Override
  public Snapshot snapshot() {
    return new RocksDbSnapshot(this, database, leases, leases.enter());
  }

  @Override
  public KeyRangeSize approximateSize(
      ColumnFamily family, byte[] startInclusive, byte[] endExclusive) {
    int lease = leases.enter();
    ColumnFamilyHandle handle = families[family.id()];
    try (Slice start = new Slice(startInclusive);
        Slice end = new Slice(endExclusive.length == 0 ? ABOVE_EVERY_KEY : endExclusive)) {
      Range range = new Range(start, end);
      long fileBytes =
          database
              .getApproximateSizes(handle, List.of(range), SizeApproximationFlag.INCLUDE_FILES)[0];
      var buffered = database.getApproximateMemTableStats(handle, range);
      long allFileBytes = database.getLongProperty(handle, "rocksdb.total-sst-files-size");
      long allKeys = database.getLongProperty(handle, "rocksdb.estimate-num-keys");
      long fileKeys = allFileBytes == 0 ? 0 : (long) ((double) fileBytes / allFileBytes * allKeys);
      return new KeyRangeSize(fileBytes + buffered.size, fileKeys + buffered.count);
    } catch (RocksDBException e) {
      throw RocksDbErrors.translate(directory, e);
    } finally {
      leases.exit(lease);
    }
  }

  @Override
  public long liveDataBytes() {
    int lease = leases.enter();
    try {
      return database.getAggregatedLongProperty("rocksdb.estimate-live-data-size");
    } catch (RocksDBException e) {
      throw RocksDbErrors.translate(directory, e);
    } finally {
      leases.exit(lease);
    }
  }

  @Override
  public void flush() {
    int lease = leases.enter();
    try {
      flushFamilies();
    } catch (RocksDBException e) {
      throw RocksDbErrors.translate(directory, e);
    } finally {
      leases.exit(lease);
    }
  }

  @Override
  public void checkpoint(Path target) {
    int lease = leases.enter();
    try (Checkpoint checkpoint = Checkpoint.create(database)) {
      checkpoint.createCheckpoint(target.toString());
    } catch (RocksDBException e) {
      throw RocksDbErrors.translate(directory, e);
    } finally {
      leases.exit(lease);
    }
  }

  @Override
  public StoreStatistics statistics() {
    int lease = leases.enter();
    try {
      long writeCount = writes.get();
      return new StoreStatistics(
          writeCount,
          durability == Durability.SYNC ? writeCount : 0,
          logBytes.get(),
          memory.usedBytes(),
          memory.bytesMax(),
          database.getAggregatedLongProperty("rocksdb.cur-size-all-mem-tables"),
          database.getAggregatedLongProperty("rocksdb.estimate-live-data-size"),
          stall());
    } catch (RocksDBException e) {
      throw RocksDbErrors.translate(directory, e);
    } finally {
      leases.exit(lease);
    }
  }

  @Override
  public void write(WriteSet first, WriteSet second) {
    byte[] batch = batchOf(first, second);
    int lease = leases.enter();
    try (WriteBatch nativeBatch = new WriteBatch(batch)) {
      database.write(options.write, nativeBatch);
      writes.incrementAndGet();
      logBytes.addAndGet(durability == Durability.NONE ? 0 : batch.length);
    } catch (RocksDBException e) {
      throw RocksDbErrors.translate(directory, e);
    } finally {
      leases.exit(lease);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    leases.drain(clock, CLOSE_NANOS_MAX);
    closed = true;
    try {
      settle();
    } catch (RocksDBException e) {
      // Everything acknowledged is in the write-ahead log; the next start replays it.
      LOGGER.warn("store {} was not flushed at close: {}", directory, e.getMessage());
    }
    for (ColumnFamilyHandle family : families) {
      family.close();
    }
    database.close();
    options.close();
  }

  /** Makes the next start fast, and what was written without fsync durable. */
  private void settle() throws RocksDBException {
    if (durability == Durability.NONE) {
      return;
    }
    if (database.getAggregatedLongProperty("rocksdb.cur-size-all-mem-tables")
        > FLUSH_AT_CLOSE_BYTES_MIN) {
      flushFamilies();
    } else {
      database.syncWal();
    }
  }

  private void flushFamilies() throws RocksDBException {
    try (FlushOptions flushOptions = new FlushOptions().setWaitForFlush(true)) {
      database.flush(flushOptions, List.of(families));
    }
  }

  private StoreStatistics.Stall stall() throws RocksDBException {
    if (database.getLongProperty("rocksdb.is-write-stopped") != 0) {
      return StoreStatistics.Stall.STOPPED;
    }
    return database.getLongProperty("rocksdb.actual-delayed-write-rate") != 0
        ? StoreStatistics.Stall.DELAYED
        : StoreStatistics.Stall.NONE;
  }

  /**
   * RocksDB's own form of a write batch: 8 bytes of sequence, 4 of count, and records that a write
   * set holds ready. One native call takes it, and no operation is encoded twice.
   */
  private static byte[] batchOf(WriteSet first, WriteSet second) {
    byte[] batch = new byte[first.byteSize() + second.byteSize() - WriteSet.HEADER_BYTES];
    ByteBuffer.wrap(batch)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(BATCH_COUNT_OFFSET, first.operationCount() + second.operationCount());
    first.copyRecords(batch, WriteSet.HEADER_BYTES);
    second.copyRecords(batch, first.byteSize());
    return batch;
  }
}
