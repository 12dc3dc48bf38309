package dev.partita.engine.globalindex;

/** How long changes of a table stay away from its global indexes: 0, unless a test wants to see. */
@FunctionalInterface
public interface PropagationDelay {
  /** Changes are carried at once. */
  PropagationDelay NONE = _ -> 0;

  /** Changes are not carried at all. */
  long HELD = Long.MAX_VALUE;

  /** Milliseconds from the write to its appearance, or {@link #HELD}. Asked before every step. */
  long millis(String tableName);
}
