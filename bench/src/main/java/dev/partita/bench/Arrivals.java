package dev.partita.bench;

/** When requests are due. */
sealed interface Arrivals {

  /** As soon as a connection is free. */
  record Closed() implements Arrivals {}

  /** At even distances, whatever the endpoint does. */
  final class Open implements Arrivals {
    private final double periodNanos;
    private final double phase;
    private long sent;

    /**
     * The share of one of several loops.
     *
     * @param ratePerSecond of this loop
     * @param phase 0 to 1, the part of a period that the first request comes later, so that the
     *     loops interleave
     */
    Open(double ratePerSecond, double phase) {
      this.periodNanos = 1e9 / ratePerSecond;
      this.phase = phase;
    }

    /** When the next request is due, in nanoseconds after the start. */
    long nextOffsetNanos() {
      return (long) ((sent + phase) * periodNanos);
    }

    void advance() {
      sent++;
    }
  }
}
