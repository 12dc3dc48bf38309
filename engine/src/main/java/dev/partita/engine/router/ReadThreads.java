package dev.partita.engine.router;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A {@link ReadPool} of platform threads: native calls hold their thread. */
public final class ReadThreads implements ReadPool, AutoCloseable {
  private static final long CLOSE_SECONDS_MAX = 10;

  private final ThreadPoolExecutor threads;

  /** A pool of {@code threadCount} threads, started when needed. */
  public ReadThreads(int threadCount, int queueMax) {
    threads =
        new ThreadPoolExecutor(
            threadCount,
            threadCount,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(queueMax),
            Thread.ofPlatform().name("read-", 1).daemon(true).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public boolean tryExecute(Runnable read) {
    try {
      threads.execute(read);
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    }
  }

  /** Finishes what runs and waits. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
