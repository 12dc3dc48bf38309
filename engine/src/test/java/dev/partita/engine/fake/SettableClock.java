package dev.partita.engine.fake;

import dev.partita.base.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands until the test moves it. */
public final class SettableClock implements Clock {
  /** 2026-01-01T00:00:00Z. */
  public static final long START = 1_767_225_600_000L;

  private final AtomicLong millis = new AtomicLong(START);

  @Override
  public long wallMillis() {
    return millis.get();
  }

  @Override
  public long monotonicNanos() {
    return (millis.get() - START) * 1_000_000;
  }

  /** Lets time pass. */
  public void advance(Duration by) {
    millis.addAndGet(by.toMillis());
  }
}
