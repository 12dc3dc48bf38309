package dev.partita.server;

import java.lang.management.ManagementFactory;

/** What share of the machine's memory the node takes for its cache. */
final class MachineMemory {
  private static final long CACHE_BYTES_MIN = 64L << 20;
  private static final long CACHE_BYTES_MAX = 8L << 30;
  private static final int CACHE_SHARE = 8;

  private MachineMemory() {}

  /** An eighth of the memory of the machine or of its container. */
  static long defaultBlockCacheBytes() {
    long total =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : 0;
    return Math.clamp(total / CACHE_SHARE, CACHE_BYTES_MIN, CACHE_BYTES_MAX);
  }
}
