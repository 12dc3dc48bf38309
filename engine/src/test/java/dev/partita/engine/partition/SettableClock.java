package dev.partita.engine.partition;

import dev.partita.base.Clock;

/** A clock that stands still until the test moves it. */
public final class SettableClock implements Clock {
  private long millis = 1_800_000_000_000L;

  /** Moves on. */
  public void advance(long byMillis) {
    millis += byMillis;
  }

  @Override
  public long wallMillis() {
    return millis;
  }

  @Override
  public long monotonicNanos() {
    return millis * 1_000_000;
  }
}
