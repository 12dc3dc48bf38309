package dev.partita.model.partiql;

import dev.partita.model.expression.ExpressionException;
import dev.partita.model.expression.OperandSyntax.PathSyntax;
import dev.partita.model.expression.PathElement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes document paths of PartiQL's paths. */
final class SqlPaths {
  private static final int LEVELS_MAX = 32;
  private static final BigDecimal INDEX_MAX = BigDecimal.valueOf(Integer.MAX_VALUE);

  private SqlPaths() {}

  /**
   * The document path that {@code expression} writes; null if it is not a name or a path from a
   * name.
   *
   * @throws ExpressionException with AWS's text if a step of it is none of DynamoDB's
   */
  static @Nullable PathSyntax of(Expression expression) {
    return switch (expression) {
      case Expression.Name(SqlToken ignored, String name) ->
          PathSyntax.of(List.of(new PathElement.Name(name)));
      case Expression.Path(SqlToken ignored, Expression root, List<Expression.Step> steps)
          when root instanceof Expression.Name(SqlToken first, String name) ->
          of(name, steps);
      case Expression other -> null;
    };
  }

  private static PathSyntax of(String name, List<Expression.Step> steps) {
    List<PathElement> elements = new ArrayList<>(steps.size() + 1);
    elements.add(new PathElement.Name(name));
    for (Expression.Step step : steps) {
      elements.add(element(step));
    }
    if (elements.size() > LEVELS_MAX) {
      throw new ExpressionException(
          "The document path has too many nesting levels; nesting levels: " + elements.size());
    }
    return PathSyntax.of(elements);
  }

  private static PathElement element(Expression.Step step) {
    return switch (step) {
      case Expression.Step.Field(SqlToken ignored, String name) -> new PathElement.Name(name);
      case Expression.Step.Subscript(SqlToken token, Expression index)
          when index instanceof Expression.Numeral(SqlToken ignored, BigDecimal value) ->
          new PathElement.Index(index(token, value));
      case Expression.Step other -> throw unexpected(other.token());
    };
  }

  private static int index(SqlToken token, BigDecimal value) {
    if (value.signum() < 0 || value.compareTo(INDEX_MAX) > 0) {
      throw StatementFaults.at(
          "List index is not within the allowable range; index: [" + value + "]", token);
    }
    if (value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
      throw unexpected(token);
    }
    return value.intValue();
  }

  /** Something stands where a path of DynamoDB has to. */
  static ExpressionException unexpected(SqlToken token) {
    return StatementFaults.at("Unexpected path component", token);
  }
}
