package dev.partita.model.expression;

/** One step of a document path. */
public sealed interface PathElement {

  /** Into an entry of a map, or the item itself. */
  record Name(String name) implements PathElement {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Into an element of a list, counted from 0. */
  record Index(int index) implements PathElement {
    @Override
    public String toString() {
      return "[" + index + "]";
    }
  }
}
