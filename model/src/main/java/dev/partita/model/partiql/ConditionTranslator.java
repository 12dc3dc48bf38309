package dev.partita.model.partiql;

import dev.partita.model.AttributeValue;
import dev.partita.model.expression.Comparator;
import dev.partita.model.expression.ConditionSyntax;
import dev.partita.model.expression.ExpressionException;
import dev.partita.model.expression.OperandSyntax;
import dev.partita.model.expression.OperandSyntax.FunctionSyntax;
import dev.partita.model.expression.OperandSyntax.LiteralSyntax;
import dev.partita.model.expression.OperandSyntax.TruthSyntax;
import dev.partita.model.expression.StatementBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes conditions of WHERE clauses. */
final class ConditionTranslator {
  /** AWS's limit on what an attribute is compared with at once. */
  private static final int CANDIDATES_MAX = 100;

  /** DynamoDB's types by PartiQL's; IS MISSING is apart. */
  private static final Map<String, String> TYPES =
      Map.of(
          "null", "NULL",
          "boolean", "BOOL",
          "string", "S",
          "numeric", "N",
          "blob", "B",
          "list", "L",
          "struct", "M",
          "tuple", "M");

  private ConditionTranslator() {}

  /** What {@code expression}, a condition, says. */
  static ConditionSyntax condition(Expression expression) {
    return switch (expression) {
      case Expression.Operation operation -> operation(operation);
      case Expression.IsType is -> isType(is);
      case Expression.Call call -> call(call);
      case Expression other -> throw noCondition(other);
    };
  }

  private static ExpressionException noCondition(Expression expression) {
    return StatementFaults.at(
        "Unsupported condition: " + ExpressionNames.of(expression), expression.token());
  }

  private static ConditionSyntax operation(Expression.Operation operation) {
    List<Expression> operands = operation.operands();
    Comparator comparator = Comparator.ofSymbol(operation.operator());
    if (comparator != null) {
      return new ConditionSyntax.Comparison(
          comparator, operand(operands.get(0)), operand(operands.get(1)));
    }
    return switch (operation.operator()) {
      case "and" -> new ConditionSyntax.And(conditions(operands));
      case "or" -> new ConditionSyntax.Or(conditions(operands));
      case "not" -> new ConditionSyntax.Not(condition(operands.getFirst()));
      case "between" ->
          new ConditionSyntax.Between(
              operand(operands.get(0)), operand(operands.get(1)), operand(operands.get(2)));
      case "in" -> membership(operands.get(0), operands.get(1));
      default -> throw noCondition(operation);
    };
  }

  private static List<ConditionSyntax> conditions(List<Expression> parts) {
    List<ConditionSyntax> conditions = new ArrayList<>(parts.size());
    for (Expression part : parts) {
      conditions.add(condition(part));
    }
    return List.copyOf(conditions);
  }

  private static ConditionSyntax membership(Expression member, Expression collection) {
    List<Expression> elements =
        switch (collection) {
          case Expression.ListOf list -> list.elements();
          case Expression.Bag bag -> bag.elements();
          case Expression other ->
              throw StatementFaults.at("IN requires a list of values", other.token());
        };
    if (elements.isEmpty()) {
      throw StatementFaults.at("IN requires a list of values", collection.token());
    }
    if (elements.size() > CANDIDATES_MAX) {
      throw new ExpressionException(
          "The IN operator is provided with too many operands; number of operands: "
              + elements.size());
    }
    return new ConditionSyntax.In(operand(member), operands(elements));
  }

  private static ConditionSyntax isType(Expression.IsType is) {
    OperandSyntax operand = operand(is.operand());
    if (is.type().equals("missing")) {
      return new ConditionSyntax.Call(new FunctionSyntax("attribute_not_exists", List.of(operand)));
    }
    String type = TYPES.get(is.type());
    if (type == null) {
      throw StatementFaults.at("DynamoDB has no type " + is.type() + " for IS", is.token());
    }
    OperandSyntax name = new LiteralSyntax(new AttributeValue.StringValue(type));
    return new ConditionSyntax.Call(new FunctionSyntax("attribute_type", List.of(operand, name)));
  }

  private static ConditionSyntax call(Expression.Call call) {
    return switch (call.function()) {
      case "attribute_exists",
          "attribute_not_exists",
          "attribute_type",
          "begins_with",
          "contains" ->
          new ConditionSyntax.Call(new FunctionSyntax(call.function(), operands(call.operands())));
      case "size" ->
          throw new ExpressionException(
              "The function is not allowed to be used this way in an expression; function: size");
      default -> throw unrecognized(call);
    };
  }

  /** A function that DynamoDB does not know, or not here. */
  static ExpressionException unrecognized(Expression.Call call) {
    return StatementFaults.at("Unrecognized function: " + call.function(), call.token());
  }

  private static List<OperandSyntax> operands(List<Expression> expressions) {
    List<OperandSyntax> operands = new ArrayList<>(expressions.size());
    for (Expression expression : expressions) {
      operands.add(operand(expression));
    }
    return List.copyOf(operands);
  }

  private static OperandSyntax operand(Expression expression) {
    if (LiteralValues.isLiteral(expression)) {
      return new LiteralSyntax(LiteralValues.of(expression));
    }
    if (expression instanceof Expression.Parameter(SqlToken ignored, int position)) {
      return StatementBinding.parameter(position);
    }
    if (expression instanceof Expression.Call call && call.function().equals("size")) {
      return new FunctionSyntax("size", operands(call.operands()));
    }
    OperandSyntax path = SqlPaths.of(expression);
    if (path != null) {
      return path;
    }
    return switch (expression) {
      case Expression.Operation(SqlToken token, String operator, List<Expression> ignored)
          when isArithmetic(operator) ->
          throw StatementFaults.at("Unsupported operator in a condition: " + operator, token);
      case Expression.Missing(SqlToken token) ->
          throw StatementFaults.at("MISSING can only be used with IS", token);
      case Expression other -> new TruthSyntax(condition(other));
    };
  }

  private static boolean isArithmetic(String operator) {
    return switch (operator) {
      case "+", "-", "*", "/", "%", "||" -> true;
      default -> false;
    };
  }
}
