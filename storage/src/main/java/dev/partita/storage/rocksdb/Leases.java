package dev.partita.storage.rocksdb;

import dev.partita.base.Clock;
import dev.partita.storage.StorageException;
import dev.partita.storage.StoreClosedException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts who is inside a store, so that its native memory is freed only after the last has left.
 *
 * <p>Entering costs one atomic increment on a counter that few threads share: the reader first
 * counts itself, then looks whether the store closes; the closer first says that it closes, then
 * looks at the counters. Both are sequentially consistent, so at least one sees the other.
 */
final class Leases {
  private static final int STRIPES = 16;

  /** Distance of two counters in longs: no two on one cache line. */
  private static final int SPACING = 16;

  private static final long POLL_NANOS = 100_000;

  private final String name;
  private final AtomicLongArray counters = new AtomicLongArray(STRIPES * SPACING);
  private volatile boolean closing;

  Leases(String name) {
    this.name = name;
  }

  /**
   * Enters; the result is to be given to {@link #exit}.
   *
   * @throws StoreClosedException if the store closes or is closed
   */
  int enter() {
    int stripe = (int) (Thread.currentThread().threadId() % STRIPES) * SPACING;
    counters.incrementAndGet(stripe);
    if (closing) {
      counters.decrementAndGet(stripe);
      throw new StoreClosedException("store " + name + " is closed");
    }
    return stripe;
  }

  void exit(int stripe) {
    counters.decrementAndGet(stripe);
  }

  /**
   * Lets nobody in any more and waits until all have left.
   *
   * @throws StorageException if someone is still inside after {@code nanosMax}
   */
  void drain(Clock clock, long nanosMax) {
    closing = true;
    long start = clock.monotonicNanos();
    while (inside() > 0) {
      if (clock.monotonicNanos() - start > nanosMax) {
        throw new StorageException(
            "store %s was not closed: %d readers or cursors are still inside"
                .formatted(name, inside()),
            null);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private long inside() {
    long sum = 0;
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      sum += counters.get(stripe * SPACING);
    }
    return sum;
  }
}
