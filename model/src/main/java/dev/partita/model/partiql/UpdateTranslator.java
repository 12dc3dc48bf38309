package dev.partita.model.partiql;

import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.expression.ExpressionException;
import dev.partita.model.expression.OperandSyntax;
import dev.partita.model.expression.OperandSyntax.FunctionSyntax;
import dev.partita.model.expression.OperandSyntax.LiteralSyntax;
import dev.partita.model.expression.OperandSyntax.PathSyntax;
import dev.partita.model.expression.OperandSyntax.ValueSyntax;
import dev.partita.model.expression.StatementBinding;
import dev.partita.model.expression.UpdateSyntax;
import dev.partita.model.expression.UpdateSyntax.ActionSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes an update of SET and REMOVE clauses. One use. */
final class UpdateTranslator {
  private final List<ActionSyntax> actions = new ArrayList<>();
  private final List<SetParameter> setParameters = new ArrayList<>();

  /**
   * A parameter that must be a set.
   *
   * @param fault what to say if it is not
   */
  record SetParameter(ValueSyntax parameter, String fault) {

    /** Checks the parameter's value. */
    void check(StatementBinding binding) {
      if (!isSet(binding.value(parameter).type())) {
        throw new ExpressionException(fault);
      }
    }
  }

  /** What the clauses do, and what must be known of the parameters. */
  record Translated(UpdateSyntax update, List<SetParameter> setParameters) {}

  static Translated translate(List<Expression.Action> clauses) {
    UpdateTranslator translator = new UpdateTranslator();
    for (Expression.Action clause : clauses) {
      translator.actions.add(translator.action(clause));
    }
    return new Translated(
        new UpdateSyntax(List.copyOf(translator.actions)), List.copyOf(translator.setParameters));
  }

  private ActionSyntax action(Expression.Action clause) {
    return switch (clause) {
      case Expression.Action.Remove(Expression target) -> new ActionSyntax.Remove(path(target));
      case Expression.Action.Assign(Expression target, Expression value) -> {
        PathSyntax path = path(target);
        yield value instanceof Expression.Call call && isSetFunction(call)
            ? setAction(path, call)
            : new ActionSyntax.Set(path, value(value));
      }
      case Expression.Action.Insertion(Expression.Insert insert) ->
          throw StatementFaults.at("Unsupported operation: Insert", insert.token());
    };
  }

  private static PathSyntax path(Expression expression) {
    PathSyntax path = SqlPaths.of(expression);
    if (path == null) {
      throw SqlPaths.unexpected(expression.token());
    }
    return path;
  }

  private static boolean isSetFunction(Expression.Call call) {
    return call.function().equals("set_add") || call.function().equals("set_delete");
  }

  private ActionSyntax setAction(PathSyntax target, Expression.Call call) {
    String function = call.function().toUpperCase(Locale.ROOT);
    if (call.operands().size() != 2) {
      throw StatementFaults.at(function + " must have exactly two arguments", call.token());
    }
    Expression first = call.operands().get(0);
    if (!target.equals(SqlPaths.of(first))) {
      throw StatementFaults.at(
          "The first argument to " + function + " must equal the assignment value", call.token());
    }
    // AWS tells the place of the first argument here, too.
    ExpressionException noSet =
        StatementFaults.at(
            "The second argument to " + function + " must be a value with type SET", first.token());
    OperandSyntax value = setValue(call.operands().get(1), noSet);
    return call.function().equals("set_add")
        ? new ActionSyntax.Add(target, value)
        : new ActionSyntax.Delete(target, value);
  }

  private OperandSyntax setValue(Expression expression, ExpressionException noSet) {
    if (expression instanceof Expression.Parameter(SqlToken ignored, int position)) {
      ValueSyntax parameter = StatementBinding.parameter(position);
      setParameters.add(new SetParameter(parameter, String.valueOf(noSet.getMessage())));
      return parameter;
    }
    if (LiteralValues.isLiteral(expression)) {
      AttributeValue value = LiteralValues.of(expression);
      if (isSet(value.type())) {
        return new LiteralSyntax(value);
      }
    }
    throw noSet;
  }

  private static boolean isSet(AttributeType type) {
    return type == AttributeType.SS || type == AttributeType.NS || type == AttributeType.BS;
  }

  private static OperandSyntax value(Expression expression) {
    if (LiteralValues.isLiteral(expression)) {
      return new LiteralSyntax(LiteralValues.of(expression));
    }
    OperandSyntax path = SqlPaths.of(expression);
    if (path != null) {
      return path;
    }
    return switch (expression) {
      case Expression.Parameter(SqlToken ignored, int position) ->
          StatementBinding.parameter(position);
      case Expression.Operation(SqlToken ignored, String operator, List<Expression> operands)
          when operands.size() == 2 && (operator.equals("+") || operator.equals("-")) ->
          new FunctionSyntax(operator, values(operands));
      case Expression.Call call -> {
        if (!call.function().equals("list_append") && !call.function().equals("if_not_exists")) {
          throw ConditionTranslator.unrecognized(call);
        }
        yield new FunctionSyntax(call.function(), values(call.operands()));
      }
      case Expression other ->
          throw StatementFaults.at(
              "Unsupported value in SET: " + ExpressionNames.of(other), other.token());
    };
  }

  private static List<OperandSyntax> values(List<Expression> expressions) {
    List<OperandSyntax> values = new ArrayList<>(expressions.size());
    for (Expression expression : expressions) {
      values.add(value(expression));
    }
    return List.copyOf(values);
  }
}
