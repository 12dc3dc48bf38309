package dev.partita.storage.rocksdb;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The memory that all stores of a node share: a block cache, and write buffers that are charged to
 * it. Close it after the stores.
 */
public final class SharedMemory implements AutoCloseable {
  static {
    // Takes the library from java.library.path if it is there, as in the distribution; otherwise
    // unpacks it from its jar, which costs about 100 ms.
    RocksDB.loadLibrary();
  }

  private static final int SHARD_BITS = 4;
  private static final double HIGH_PRIORITY_SHARE = 0.3;

  private final long bytesMax;
  private final Cache blockCache;
  private final WriteBufferManager writeBuffers;

  /**
   * @param blockCacheBytes for blocks of files, their indexes and filters
   * @param writeBufferBytes for what is not yet flushed; above it RocksDB flushes early. At least 8
   *     MiB
   */
  public SharedMemory(long blockCacheBytes, long writeBufferBytes) {
    bytesMax = blockCacheBytes + writeBufferBytes;
    blockCache = new LRUCache(bytesMax, SHARD_BITS, false, HIGH_PRIORITY_SHARE);
    writeBuffers = new WriteBufferManager(writeBufferBytes, blockCache);
  }

  Cache blockCache() {
    return blockCache;
  }

  WriteBufferManager writeBuffers() {
    return writeBuffers;
  }

  /** Bytes in the block cache, write buffers included. */
  public long usedBytes() {
    return blockCache.getUsage();
  }

  /** The block cache's and the write buffers' limit together, in bytes. */
  public long bytesMax() {
    return bytesMax;
  }

  @Override
  public void close() {
    writeBuffers.close();
    blockCache.close();
  }
}
