package dev.partita.testing.reference;

/** What a condition compares. */
public sealed interface Operand {

  /** The value at a path of the item. */
  record Attribute(Path path) implements Operand {}

  /** A value from the request. */
  record Constant(Value value) implements Operand {}

  /** The function {@code size} of the value at a path. */
  record Size(Path path) implements Operand {}
}
