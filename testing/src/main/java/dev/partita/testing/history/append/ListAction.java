package dev.partita.testing.history.append;

import java.util.List;

/** What a transaction does to one list. */
public sealed interface ListAction {

  /** Which list. */
  String list();

  /** Appends one element, which nobody else appends to this list. */
  record Append(String list, long element) implements ListAction {
    @Override
    public String toString() {
      return "append " + list + " " + element;
    }
  }

  /**
   * Reads the list, or demands that it be so: a transaction with a failed demand does not commit.
   */
  record Read(String list, List<Long> elements) implements ListAction {
    public Read {
      elements = List.copyOf(elements);
    }

    @Override
    public String toString() {
      return "read " + list + " " + elements;
    }
  }
}
