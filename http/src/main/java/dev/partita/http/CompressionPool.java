package dev.partita.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for compressing and inflating bodies too large for an event loop to spend its time on. At
 * most {@link #WAITING_MAX} wait; when more come the caller must do without.
 */
final class CompressionPool implements AutoCloseable {
  static final int WAITING_MAX = 1024;

  /** Bodies to compress up to this length cost less than handing them over. */
  static final int INLINE_COMPRESS_BYTES_MAX = 32 << 10;

  /** Bodies to inflate up to this length can at worst become 4 MB. */
  static final int INLINE_INFLATE_BYTES_MAX = 4 << 10;

  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads;

  CompressionPool(int count) {
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            task -> {
              Thread thread = new Thread(task, "partita-http-compression");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Runs {@code task} soon; false if too much is waiting. */
  boolean offer(Runnable task) {
    try {
      threads.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
