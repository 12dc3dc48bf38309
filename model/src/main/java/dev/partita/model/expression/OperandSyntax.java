package dev.partita.model.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operand as parsed, its placeholders not yet replaced. */
sealed interface OperandSyntax {

  /**
   * A document path.
   *
   * @param elements names may be placeholders, which begin with {@code #}
   * @param literal the bound path if there is no placeholder
   */
  record PathSyntax(List<PathElement> elements, @Nullable Path literal) implements OperandSyntax {}

  /** A value placeholder, with its colon. */
  record ValueSyntax(String placeholder) implements OperandSyntax {}

  /** A call of a function, whose name may be unknown. */
  record FunctionSyntax(String name, List<OperandSyntax> operands) implements OperandSyntax {}
}
