package dev.partita.triggers;

import dev.partita.base.RandomSource;
import java.time.Duration;

/**
 * How long to wait before the next attempt: twice as long each time up to a limit, and of that
 * between half and the whole, by chance, so that those who failed together do not come back
 * together. Not thread-safe.
 */
final class Backoff {
  private final Duration first;
  private final Duration max;
  private final RandomSource random;
  private int attempts;

  Backoff(Duration first, Duration max, RandomSource random) {
    this.first = first;
    this.max = max;
    this.random = random;
  }

  Duration next() {
    long whole = max.toNanos();
    if (attempts < Long.numberOfLeadingZeros(first.toNanos()) - 1) {
      whole = Math.min(whole, first.toNanos() << attempts);
    }
    attempts++;
    long half = whole / 2;
    return Duration.ofNanos(half + Math.floorMod(random.nextLong(), whole - half + 1));
  }

  /** How many times it was asked since the last success. */
  int attempts() {
    return attempts;
  }

  void reset() {
    attempts = 0;
  }
}
