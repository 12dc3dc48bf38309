package dev.partita.model.expression;

import dev.partita.model.expression.OperandSyntax.PathSyntax;
import dev.partita.model.expression.OperandSyntax.ValueSyntax;
import java.util.List;

/**
 * An update as parsed.
 *
 * @param actions of all clauses, in the order of the text
 */
record UpdateSyntax(List<ActionSyntax> actions) {

  /** One action of a clause. */
  sealed interface ActionSyntax {

    /** What it changes. */
    PathSyntax path();

    /**
     * {@code SET path = value}; sums and differences are functions named {@code +} and {@code -}.
     */
    record Set(PathSyntax path, OperandSyntax value) implements ActionSyntax {}

    /** {@code REMOVE path}. */
    record Remove(PathSyntax path) implements ActionSyntax {}

    /** {@code ADD path :value}. */
    record Add(PathSyntax path, ValueSyntax value) implements ActionSyntax {}

    /** {@code DELETE path :value}. */
    record Delete(PathSyntax path, ValueSyntax value) implements ActionSyntax {}
  }
}
