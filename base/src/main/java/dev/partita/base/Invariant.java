package dev.partita.base;

/**
 * Checks that are always on. A broken invariant is a defect of Partita or of its stored state,
 * never the fault of a request.
 */
public final class Invariant {
  private Invariant() {}

  /** Throws {@link InvariantBrokenException} with {@code message} unless {@code holds}. */
  public static void check(boolean holds, String message) {
    if (!holds) {
      throw new InvariantBrokenException(message);
    }
  }

  /** As {@link #check(boolean, String)}, with one detail appended as {@code key=value}. */
  public static void check(boolean holds, String message, String key, long value) {
    if (!holds) {
      throw new InvariantBrokenException(message + " " + key + "=" + value);
    }
  }
}
