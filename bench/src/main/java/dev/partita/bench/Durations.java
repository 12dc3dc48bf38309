package dev.partita.bench;

import java.util.Locale;

/** How times are printed. */
final class Durations {
  private Durations() {}

  /** Milliseconds with a fixed width: {@code " 0.853 ms"}. */
  static String text(long nanos) {
    return String.format(Locale.ROOT, "%8.3f ms", nanos / 1e6);
  }
}
