package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operand as parsed, its placeholders not yet replaced. */
public sealed interface OperandSyntax {

  /**
   * A document path.
   *
   * @param elements names may be placeholders, which begin with {@code #}
   * @param literal the bound path if there is no placeholder
   */
  record PathSyntax(List<PathElement> elements, @Nullable Path literal) implements OperandSyntax {

    /** A path whose names are all as written. */
    public static PathSyntax of(List<PathElement> elements) {
      return new PathSyntax(List.copyOf(elements), Path.of(elements));
    }
  }

  /** A value placeholder, with its colon; of a statement, {@code ?} and its position from 0. */
  record ValueSyntax(String placeholder) implements OperandSyntax {}

  /** A call of a function, whose name may be unknown. */
  record FunctionSyntax(String name, List<OperandSyntax> operands) implements OperandSyntax {}

  /** A value in the text itself, which only statements have. */
  record LiteralSyntax(AttributeValue value) implements OperandSyntax {}

  /** A condition as true or false, which only statements compare. */
  record TruthSyntax(ConditionSyntax condition) implements OperandSyntax {}
}
