package dev.partita.model.expression;

import dev.partita.model.expression.OperandSyntax.PathSyntax;
import java.util.List;

/**
 * An update as parsed.
 *
 * @param actions of all clauses, in the order of the text
 */
public record UpdateSyntax(List<ActionSyntax> actions) {

  /** One action of a clause. */
  public sealed interface ActionSyntax {

    /** What it changes. */
    PathSyntax path();

    /**
     * {@code SET path = value}; sums and differences are functions named {@code +} and {@code -}.
     */
    record Set(PathSyntax path, OperandSyntax value) implements ActionSyntax {}

    /** {@code REMOVE path}. */
    record Remove(PathSyntax path) implements ActionSyntax {}

    /** {@code ADD path :value}; the value is a placeholder or a literal. */
    record Add(PathSyntax path, OperandSyntax value) implements ActionSyntax {}

    /** {@code DELETE path :value}; the value is a placeholder or a literal. */
    record Delete(PathSyntax path, OperandSyntax value) implements ActionSyntax {}
  }
}
