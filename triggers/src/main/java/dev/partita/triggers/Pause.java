package dev.partita.triggers;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting, so that tests need not. */
@FunctionalInterface
interface Pause {

  /** Returns after this time; interrupted when the consumer stops. */
  void pause(Duration duration) throws InterruptedException;

  /** The caller waits. */
  Pause REAL =
      duration -> {
        boolean early = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
        if (early) {
          throw new IllegalStateException("nobody counts this latch down");
        }
      };
}
