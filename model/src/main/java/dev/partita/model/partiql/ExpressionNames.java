package dev.partita.model.partiql;

import java.util.List;
import java.util.Map;

/**
 * What AWS calls an expression that stands where it may not.
 *
 * <p>Source: the names of the nodes in PartiQL's open-source abstract syntax, which AWS's answers
 * use.
 */
final class ExpressionNames {
  private static final Map<String, String> OPERATORS =
      Map.ofEntries(
          Map.entry("or", "Or"),
          Map.entry("and", "And"),
          Map.entry("not", "Not"),
          Map.entry("=", "Eq"),
          Map.entry("<>", "Ne"),
          Map.entry("<", "Lt"),
          Map.entry("<=", "Lte"),
          Map.entry(">", "Gt"),
          Map.entry(">=", "Gte"),
          Map.entry("in", "InCollection"),
          Map.entry("between", "Between"),
          Map.entry("like", "Like"),
          Map.entry("||", "Concat"),
          Map.entry("*", "Times"),
          Map.entry("/", "Divide"),
          Map.entry("%", "Modulo"));

  private ExpressionNames() {}

  static String of(Expression expression) {
    return switch (expression) {
      case Expression.Text ignored -> "Lit";
      case Expression.Numeral ignored -> "Lit";
      case Expression.Truth ignored -> "Lit";
      case Expression.Null ignored -> "Lit";
      case Expression.Missing ignored -> "Missing";
      case Expression.Parameter ignored -> "Parameter";
      case Expression.Name ignored -> "Id";
      case Expression.Path ignored -> "Path";
      case Expression.Call call -> call.function();
      case Expression.Operation(SqlToken ignored, String operator, List<Expression> operands) ->
          operator(operator, operands.size());
      case Expression.IsType ignored -> "IsType";
      case Expression.ListOf ignored -> "List";
      case Expression.Bag ignored -> "Bag";
      case Expression.Tuple ignored -> "Struct";
      case Expression.Select ignored -> "Select";
      case Expression.Insert ignored -> "Insert";
      case Expression.Update ignored -> "Update";
      case Expression.Delete ignored -> "Delete";
    };
  }

  private static String operator(String operator, int operands) {
    return switch (operator) {
      case "+" -> operands == 1 ? "Pos" : "Plus";
      case "-" -> operands == 1 ? "Neg" : "Minus";
      default -> OPERATORS.getOrDefault(operator, operator);
    };
  }
}
