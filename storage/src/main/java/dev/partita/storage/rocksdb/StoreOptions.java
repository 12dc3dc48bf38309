package dev.partita.storage.rocksdb;

import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Durability;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/**
 * Every RocksDB option that a store sets, with its reason, and the native objects that hold them.
 */
final class StoreOptions implements AutoCloseable {
  /** Flushed when full. Small enough that replaying the log after a kill stays far below 2 s. */
  private static final long WRITE_BUFFER_BYTES = 32L << 20;

  private static final long WRITE_AHEAD_LOG_BYTES_MAX = 64L << 20;
  private static final int BLOCK_BYTES = 8 << 10;
  private static final double FILTER_BITS_PER_KEY = 10;
  private static final int BACKGROUND_JOBS = 2;
  private static final long BYTES_PER_SYNC = 1 << 20;
  private static final long INFO_LOG_BYTES_MAX = 1 << 20;
  private static final long INFO_LOGS_KEPT = 2;

  private final BloomFilter filter = new BloomFilter(FILTER_BITS_PER_KEY, false);
  private final ColumnFamilyOptions family = new ColumnFamilyOptions();
  final DBOptions database = new DBOptions();
  final ReadOptions read = new ReadOptions();
  final ReadOptions readCached = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
  final WriteOptions write = new WriteOptions();

  StoreOptions(Durability durability, SharedMemory memory) {
    database
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setParanoidChecks(true)
        // A write that was torn by a crash ends the log; what comes before is checked by
        // LogFileCheck, because RocksDB alone can take a damaged record for a torn one.
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        .setRecycleLogFileNum(0)
        .setMaxTotalWalSize(WRITE_AHEAD_LOG_BYTES_MAX)
        // META changes a little with every entry: flushed alone it would keep old logs alive.
        .setAtomicFlush(true)
        .setWriteBufferManager(memory.writeBuffers())
        .setMaxBackgroundJobs(BACKGROUND_JOBS)
        .setBytesPerSync(BYTES_PER_SYNC)
        // A failed write or fsync is never retried.
        .setMaxBgErrorResumeCount(0)
        .setAvoidFlushDuringShutdown(true)
        .setSkipStatsUpdateOnDbOpen(true)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(INFO_LOG_BYTES_MAX)
        .setKeepLogFileNum(INFO_LOGS_KEPT);
    family
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setBlockCache(memory.blockCache())
                .setBlockSize(BLOCK_BYTES)
                .setFilterPolicy(filter)
                .setOptimizeFiltersForMemory(true)
                // Indexes and filters grow with the data: in the cache they are bounded.
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true));
    switch (durability) {
      case SYNC -> write.setSync(true);
      case ASYNC -> write.setSync(false);
      case NONE -> write.setDisableWAL(true);
    }
  }

  /** One descriptor per column family, in the order of their ids. */
  List<ColumnFamilyDescriptor> descriptors() {
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (ColumnFamily member : ColumnFamily.values()) {
      descriptors.add(new ColumnFamilyDescriptor(nameOf(member), family));
    }
    return descriptors;
  }

  private static byte[] nameOf(ColumnFamily member) {
    return member == ColumnFamily.META
        ? RocksDB.DEFAULT_COLUMN_FAMILY
        : member.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    write.close();
    readCached.close();
    read.close();
    database.close();
    family.close();
    filter.close();
  }
}
