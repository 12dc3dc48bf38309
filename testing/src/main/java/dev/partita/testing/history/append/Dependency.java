package dev.partita.testing.history.append;

/**
 * One transaction must come after another.
 *
 * @param list the list from which it follows; empty for real time
 * @param element the element from which it follows; of no meaning for real time
 */
record Dependency(ListTransaction from, ListTransaction to, Kind kind, String list, long element) {

  /** Why. */
  enum Kind {
    /** The second appended after the first. */
    WRITE_AFTER_WRITE,
    /** The second saw what the first appended. */
    READ_AFTER_WRITE,
    /** The second began after the first had ended. */
    REAL_TIME,
    /** The second appended what the first did not see. */
    WRITE_AFTER_READ
  }

  /** The dependency in words. */
  String describe() {
    String reason =
        switch (kind) {
          case WRITE_AFTER_WRITE ->
              "ww: T%d appended %d to %s after what T%d appended"
                  .formatted(to.number(), element, list, from.number());
          case READ_AFTER_WRITE ->
              "wr: T%d saw %d in %s, which T%d appended"
                  .formatted(to.number(), element, list, from.number());
          case REAL_TIME ->
              "rt: T%d began at %d, when T%d had ended at %d"
                  .formatted(to.number(), to.start(), from.number(), from.end());
          case WRITE_AFTER_READ ->
              "rw: T%d did not see %d in %s, which T%d appended"
                  .formatted(from.number(), element, list, to.number());
        };
    return from + " before " + to + "\n      " + reason;
  }
}
