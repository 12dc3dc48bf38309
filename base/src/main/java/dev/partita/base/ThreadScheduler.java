package dev.partita.base;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Steps on a few platform threads. What is handed over after the close is dropped. */
public final class ThreadScheduler implements Scheduler, AutoCloseable {
  private static final long CLOSE_SECONDS_MAX = 10;

  private final ScheduledThreadPoolExecutor threads;

  /** Starts no thread before the first step. */
  public ThreadScheduler(String name, int threadCount) {
    threads =
        new ScheduledThreadPoolExecutor(
            threadCount, Thread.ofPlatform().name(name + "-", 1).daemon(true).factory());
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    threads.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void execute(Runnable step) {
    try {
      threads.execute(step);
    } catch (RejectedExecutionException closed) {
      // The node is stopping; what a step would have done is taken up at the next start.
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // steps report their failures themselves
  public void schedule(Runnable step, long delayMillis) {
    try {
      threads.schedule(step, delayMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // As above.
    }
  }

  /** Finishes the steps that run and waits for them. */
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
