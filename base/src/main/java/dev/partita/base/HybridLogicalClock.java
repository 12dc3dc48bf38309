package dev.partita.base;

/**
 * Group time: never goes backwards and stays close to wall time.
 *
 * <p>A timestamp is 64 bits: 48 bits of wall milliseconds and 16 bits of a counter, so that
 * timestamps order as signed longs. {@code next()} is {@code max(wall, last + 1)}. Not thread-safe:
 * the group's writer owns it.
 */
public final class HybridLogicalClock {
  private static final int COUNTER_BITS = 16;

  private final Clock clock;
  private long last;

  /** Continues after {@code last}, the newest timestamp that was persisted (0 if none). */
  public HybridLogicalClock(Clock clock, long last) {
    this.clock = clock;
    this.last = last;
  }

  /** A timestamp greater than every one before it. */
  public long next() {
    last = Math.max(clock.wallMillis() << COUNTER_BITS, last + 1);
    return last;
  }

  /** Makes every later timestamp greater than {@code seen}, which another clock gave out. */
  public void observe(long seen) {
    last = Math.max(last, seen);
  }

  /** The newest timestamp that was given out or observed. */
  public long last() {
    return last;
  }

  /** The wall milliseconds of a timestamp. */
  public static long wallMillis(long timestamp) {
    return timestamp >>> COUNTER_BITS;
  }
}
