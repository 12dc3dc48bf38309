package dev.partita.bench;

/**
 * When a run starts, what part of it counts and when it stops sending, on the monotonic clock.
 *
 * @param startNanos first request
 * @param fromNanos begin of the measured window: the warm-up's end
 * @param untilNanos end of the window and of sending
 * @param timeoutNanos how long an answer may take
 */
record Window(long startNanos, long fromNanos, long untilNanos, long timeoutNanos) {
  boolean measures(long dueNanos) {
    return dueNanos - fromNanos >= 0 && dueNanos - untilNanos < 0;
  }

  boolean isOver(long now) {
    return now - untilNanos >= 0;
  }
}
