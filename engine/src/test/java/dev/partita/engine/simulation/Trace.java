package dev.partita.engine.simulation;

import java.util.ArrayDeque;

/** What happened, as a digest of everything and the last lines. */
final class Trace {
  /** {@code -Dpartita.trace=N} keeps more. */
  private static final int KEPT_LINES = Integer.getInteger("partita.trace", 120);

  private final ArrayDeque<String> last = new ArrayDeque<>();
  private long digest;
  private long lines;

  /** Notes something; equal runs note the same. */
  void add(long nanos, String line) {
    String whole = nanos / 1_000 + " " + line;
    digest = digest * 1_000_003 + whole.hashCode();
    lines++;
    last.add(whole);
    if (last.size() > KEPT_LINES) {
      last.remove();
    }
  }

  /** Stands for all lines. */
  long digest() {
    return digest;
  }

  long lines() {
    return lines;
  }

  /** The last lines, the newest last. */
  String tail() {
    return String.join("\n", last);
  }
}
