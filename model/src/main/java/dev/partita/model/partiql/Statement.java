package dev.partita.model.partiql;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.ConditionSyntax;
import dev.partita.model.expression.OperandSyntax;
import dev.partita.model.expression.OperandSyntax.LiteralSyntax;
import dev.partita.model.expression.OperandSyntax.ValueSyntax;
import dev.partita.model.expression.Projection;
import dev.partita.model.expression.StatementBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A translated statement, its parameters not yet replaced. */
sealed interface Statement {

  /** The statement with the values of its parameters. */
  BoundStatement bind(StatementBinding binding);

  /** SELECT. */
  record Select(
      TableSource source,
      Projection projection,
      @Nullable ConditionSyntax where,
      List<OrderKey> orderBy)
      implements Statement {
    @Override
    public BoundStatement.Select bind(StatementBinding binding) {
      return new BoundStatement.Select(source, projection, condition(where, binding), orderBy);
    }
  }

  /** INSERT; each attribute is a literal or a parameter. */
  record Insert(String table, Map<String, OperandSyntax> attributes) implements Statement {
    @Override
    public BoundStatement bind(StatementBinding binding) {
      Map<String, AttributeValue> values = LinkedHashMap.newLinkedHashMap(attributes.size());
      for (Map.Entry<String, OperandSyntax> attribute : attributes.entrySet()) {
        if (attribute.getValue() instanceof LiteralSyntax(AttributeValue value)) {
          values.put(attribute.getKey(), value);
        } else if (attribute.getValue() instanceof ValueSyntax parameter) {
          values.put(attribute.getKey(), binding.value(parameter));
        }
      }
      return new BoundStatement.Insert(table, Item.of(values));
    }
  }

  /** UPDATE. */
  record Update(
      String table,
      UpdateTranslator.Translated update,
      @Nullable ConditionSyntax where,
      @Nullable Returning returning)
      implements Statement {
    @Override
    public BoundStatement bind(StatementBinding binding) {
      update.setParameters().forEach(parameter -> parameter.check(binding));
      return new BoundStatement.Update(
          table, binding.update(update.update()), condition(where, binding), returning);
    }
  }

  /** DELETE. */
  record Delete(String table, @Nullable ConditionSyntax where, boolean returning)
      implements Statement {
    @Override
    public BoundStatement bind(StatementBinding binding) {
      return new BoundStatement.Delete(table, condition(where, binding), returning);
    }
  }

  /** EXISTS. */
  record Exists(Select select) implements Statement {
    @Override
    public BoundStatement bind(StatementBinding binding) {
      return new BoundStatement.Exists(select.bind(binding));
    }
  }

  private static @Nullable Condition condition(
      @Nullable ConditionSyntax where, StatementBinding binding) {
    return where == null ? null : binding.condition(where);
  }
}
