package dev.partita.engine.simulation;

import java.util.HashMap;
import java.util.Map;

/**
 * The writes of a run. Each stores a number of its own in the attribute {@code w} of its item, so
 * that what is found later can be traced back to it.
 */
final class Writes {
  /** The attribute that names the write which an item is from. */
  static final String ATTRIBUTE = "w";

  private final Map<Long, Write> writes = new HashMap<>();
  private final Map<String, Deletes> deletes = new HashMap<>();
  private long last;

  /** What a client knows of a write. */
  enum Fate {
    /** No answer yet, or one that does not tell. */
    OPEN,
    DONE,
    /** Not done, and never will be. */
    REFUSED
  }

  /** A write of the item that {@code item} names, in the form of {@link #name}. */
  record Write(long number, String item, Fate fate) {}

  /** Deletes of an item that found it there, and those of which nobody knows. */
  static final class Deletes {
    int done;
    int open;
  }

  /** Names an item over all tables. */
  static String name(String table, String item) {
    return table + "/" + item;
  }

  /** The number of a new write. */
  long begin(String item) {
    last++;
    writes.put(last, new Write(last, item, Fate.OPEN));
    return last;
  }

  void end(long number, Fate fate) {
    writes.computeIfPresent(number, (_, write) -> new Write(number, write.item, fate));
  }

  /** A delete that found the item there; or may have, if {@code known} is false. */
  void deleted(String item, boolean known) {
    Deletes counts = deletes.computeIfAbsent(item, _ -> new Deletes());
    if (known) {
      counts.done++;
    } else {
      counts.open++;
    }
  }

  Map<Long, Write> all() {
    return writes;
  }

  Deletes deletes(String item) {
    return deletes.getOrDefault(item, new Deletes());
  }
}
