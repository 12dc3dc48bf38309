package dev.partita.bench;

import java.io.PrintStream;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** The lines that say each second what is going on. */
final class Progress {
  private final PrintStream out;

  Progress(PrintStream out) {
    this.out = out;
  }

  void line(String label, boolean warmingUp, long elapsedNanos, Histogram recent, long failures) {
    long count = recent.getTotalCount();
    out.printf(
        Locale.ROOT,
        "%s %4d s%s  %8d/s  p50 %s  p99 %s  max %s  errors %d%n",
        label,
        elapsedNanos / 1_000_000_000,
        warmingUp ? " warming up" : "",
        count,
        Durations.text(count == 0 ? 0 : recent.getValueAtPercentile(50)),
        Durations.text(count == 0 ? 0 : recent.getValueAtPercentile(99)),
        Durations.text(count == 0 ? 0 : recent.getMaxValue()),
        failures);
  }

  void say(String text) {
    out.println(text);
  }
}
