package dev.partita.storage;

import dev.partita.base.Clock;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses writes before the disk is full, while flush and compaction still have room, and admits
 * them again when space has returned. Thread-safe; shared by the logs of a node.
 *
 * <p>Asks the file system at most once in {@link #PROBE_MILLIS}, or sooner once much was written,
 * and counts what was written in between. Writes resume only when an eighth of the watermark more
 * is free, so that they do not flap.
 */
public final class DiskSpace {
  private static final Logger LOGGER = LoggerFactory.getLogger(DiskSpace.class);
  private static final long WATERMARK_BYTES_MIN = 64L << 20;
  private static final long WATERMARK_BYTES_MAX = 4L << 30;
  private static final long WATERMARK_SHARE = 100;
  private static final long PROBE_MILLIS = 100;
  private static final long PROBE_NANOS = PROBE_MILLIS * 1_000_000;
  private static final long PROBE_BYTES = 4L << 20;

  private final FreeSpaceProbe probe;
  private final long watermarkBytes;
  private final Clock clock;
  private long freeBytesAtProbe;
  private long bytesSinceProbe;
  private long probedAtNanos;
  private boolean low;
  private boolean probeFails;

  /**
   * @param watermarkBytes free bytes below which writes are refused
   */
  public DiskSpace(FreeSpaceProbe probe, long watermarkBytes, Clock clock) {
    this.probe = probe;
    this.watermarkBytes = watermarkBytes;
    this.clock = clock;
    ask();
  }

  /**
   * Watches the file system of {@code directory} with the default watermark: 1 % of it, at least 64
   * MiB, at most 4 GiB.
   */
  public static DiskSpace watching(Path directory, Clock clock) {
    try {
      FileStore store = Files.getFileStore(directory);
      return new DiskSpace(store::getUsableSpace, defaultWatermark(store.getTotalSpace()), clock);
    } catch (IOException e) {
      throw new DataDirectoryException("directory " + directory + " cannot be used: " + e, e);
    }
  }

  /** The default watermark on a file system of {@code totalBytes}. */
  static long defaultWatermark(long totalBytes) {
    return Math.clamp(totalBytes / WATERMARK_SHARE, WATERMARK_BYTES_MIN, WATERMARK_BYTES_MAX);
  }

  /** Whether {@code bytes} may be written now; counts them if so. */
  public synchronized boolean admit(long bytes) {
    if (low
        || bytesSinceProbe + bytes > PROBE_BYTES
        || clock.monotonicNanos() - probedAtNanos >= PROBE_NANOS) {
      ask();
    }
    long remaining = freeBytesAtProbe - bytesSinceProbe - bytes;
    boolean nowLow = remaining < watermarkBytes + (low ? watermarkBytes / 8 : 0);
    if (nowLow != low) {
      LOGGER.warn(
          nowLow
              ? "free space of {} bytes is at the watermark of {}: writes are refused, reads go on"
              : "free space of {} bytes is above the watermark of {}: writes are taken again",
          freeBytesAtProbe - bytesSinceProbe,
          watermarkBytes);
      low = nowLow;
    }
    if (!low) {
      bytesSinceProbe += bytes;
    }
    return !low;
  }

  /** Whether the last answer of {@link #admit} was no. */
  public synchronized boolean isLow() {
    return low;
  }

  public long watermarkBytes() {
    return watermarkBytes;
  }

  /** A probe that fails refuses nothing: the disk itself will say so if it is broken or full. */
  private void ask() {
    try {
      freeBytesAtProbe = probe.freeBytes();
      probeFails = false;
    } catch (IOException e) {
      freeBytesAtProbe = Long.MAX_VALUE / 2;
      if (!probeFails) {
        LOGGER.warn("free space is unknown: {}", e.toString());
        probeFails = true;
      }
    }
    bytesSinceProbe = 0;
    probedAtNanos = clock.monotonicNanos();
  }
}
