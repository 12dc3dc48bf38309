package dev.partita.storage;

/**
 * Figures of one store since it was opened.
 *
 * @param writes write sets applied
 * @param fsyncs writes that were forced to disk before they were acknowledged
 * @param walBytes bytes of write batches written to the write-ahead log
 * @param blockCacheBytes bytes in the block cache, which the stores of a node share
 * @param blockCacheBytesMax its capacity
 * @param writeBufferBytes bytes in this store's write buffers
 * @param liveDataBytes estimate of the bytes of live data in files
 * @param stall whether background work holds writes back
 */
public record StoreStatistics(
    long writes,
    long fsyncs,
    long walBytes,
    long blockCacheBytes,
    long blockCacheBytesMax,
    long writeBufferBytes,
    long liveDataBytes,
    Stall stall) {

  /** How background work holds writes back. */
  public enum Stall {
    NONE,
    /** Writes are slowed down: flush or compaction falls behind. */
    DELAYED,
    /** Writes wait until flush or compaction has caught up. */
    STOPPED
  }
}
