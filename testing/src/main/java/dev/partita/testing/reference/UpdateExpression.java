package dev.partita.testing.reference;

import java.util.List;

/**
 * An update expression as a tree. An empty list of actions is a section that is not written; at
 * least one section is not empty.
 */
public record UpdateExpression(
    List<Assignment> sets, List<Path> removes, List<SetAction> adds, List<SetAction> deletes) {

  /** {@code target = value} in the section SET. */
  public record Assignment(Path target, Assigned value) {}

  /** {@code target operand} in the section ADD or DELETE. */
  public record SetAction(Path target, Value operand) {}

  /** The right side of an assignment. */
  public sealed interface Assigned {}

  /** {@code left + right}. */
  public record Plus(Term left, Term right) implements Assigned {}

  /** {@code left - right}. */
  public record Minus(Term left, Term right) implements Assigned {}

  /** An operand that is not a sum. */
  public sealed interface Term extends Assigned {}

  /** The value at a path of the item as it was. */
  public record Copy(Path path) implements Term {}

  /** A value from the request. */
  public record Given(Value value) implements Term {}

  /** {@code if_not_exists(path, otherwise)}. */
  public record IfNotExists(Path path, Term otherwise) implements Term {}

  /** {@code list_append(head, tail)}. */
  public record ListAppend(Term head, Term tail) implements Term {}

  public UpdateExpression {
    sets = List.copyOf(sets);
    removes = List.copyOf(removes);
    adds = List.copyOf(adds);
    deletes = List.copyOf(deletes);
  }
}
