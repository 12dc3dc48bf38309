package dev.partita.storage;

import dev.partita.base.Clock;

/** A clock that stands still until it is moved. */
final class SettableClock implements Clock {
  private long millis;

  void advanceMillis(long by) {
    millis += by;
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
