package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import dev.partita.model.ItemSizes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Binds the parts of one PartiQL statement to its parameters. Faults are worded as those of
 * expressions, but stand alone. All methods throw {@link ExpressionException} with AWS's text.
 */
public final class StatementBinding {
  private final PlaceholderValues placeholders;
  private final int count;

  /** The values of the statement's parameters, in the order of the text. */
  public StatementBinding(List<AttributeValue> parameters) {
    Map<String, AttributeValue> values = HashMap.newHashMap(parameters.size());
    for (int position = 0; position < parameters.size(); position++) {
      AttributeValue value = parameters.get(position);
      if (ItemSizes.levels(value) > ItemSizes.LEVELS_MAX) {
        throw Placeholders.tooDeep();
      }
      values.put(parameter(position).placeholder(), value);
    }
    this.placeholders = new PlaceholderValues(Map.of(), values);
    this.count = parameters.size();
  }

  /** The placeholder of the parameter at this position, counted from 0. */
  public static OperandSyntax.ValueSyntax parameter(int position) {
    return new OperandSyntax.ValueSyntax("?" + position);
  }

  /** How many parameters there are. */
  public int count() {
    return count;
  }

  /** What a WHERE clause says. */
  public Condition condition(ConditionSyntax syntax) {
    return new ConditionBinder(ExpressionKind.STATEMENT, placeholders).bind(syntax);
  }

  /** What the SET and REMOVE clauses do. */
  public Update update(UpdateSyntax syntax) {
    return new UpdateBinder(ExpressionKind.STATEMENT, placeholders).bind(syntax);
  }

  /** The value of a parameter. */
  public AttributeValue value(OperandSyntax.ValueSyntax parameter) {
    return placeholders.resolve(ExpressionKind.STATEMENT, parameter);
  }
}
