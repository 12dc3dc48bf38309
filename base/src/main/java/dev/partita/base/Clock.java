package dev.partita.base;

/** Time as the product sees it, so that tests can set it. */
public interface Clock {

  /** Wall time in milliseconds since 1970-01-01T00:00:00Z. It may jump in either direction. */
  long wallMillis();

  /** Monotonic time in nanoseconds from an arbitrary origin; only differences mean anything. */
  long monotonicNanos();

  /** The machine's clock. */
  Clock SYSTEM =
      new Clock() {
        @Override
        public long wallMillis() {
          return System.currentTimeMillis();
        }

        @Override
        public long monotonicNanos() {
          return System.nanoTime();
        }
      };
}
