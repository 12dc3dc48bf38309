package dev.partita.engine.operation;

import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.model.KeySchema;
import dev.partita.model.api.CancellationReasonCode;
import dev.partita.model.api.ParameterizedStatement;
import dev.partita.model.api.ReturnValuesOnConditionCheckFailure;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.ExpressionException;
import dev.partita.model.expression.ItemCondition;
import dev.partita.model.partiql.BoundStatement;
import org.jspecify.annotations.Nullable;

/** The statements of a transaction as the actions of TransactWriteItems that they are. */
final class StatementActions {
  private static final TransactAction.OnFailure DUPLICATE =
      new TransactAction.OnFailure(
          CancellationReasonCode.DUPLICATE_ITEM, StatementWrites.DUPLICATE_MESSAGE, false);

  private StatementActions() {}

  /** What a transaction does not take in a statement; null if it takes it. */
  static @Nullable String problem(TableDescriptor table, BoundStatement statement) {
    return switch (statement) {
      case BoundStatement.Insert _ -> null;
      case BoundStatement.Update update -> returning(update.returning() != null);
      case BoundStatement.Delete delete -> returning(delete.returning());
      case BoundStatement.Exists(BoundStatement.Select select) -> {
        if (select.source().index() != null) {
          yield "Reads on indices are not supported within transactions.";
        }
        yield ItemCondition.ofCheck(select.where(), table.keySchema()) == null
            ? "EXISTS() must contain a single item read with additional condition"
            : null;
      }
      case BoundStatement.Select _ -> null;
    };
  }

  private static @Nullable String returning(boolean asked) {
    return asked ? "RETURNING clause is not supported in ExecuteTransaction." : null;
  }

  /** The action of a statement without problem; throws ApiException if it names no item. */
  static TransactAction of(
      TableDescriptor table, BoundStatement statement, ParameterizedStatement request) {
    KeySchema key = table.keySchema();
    TransactAction.OnFailure onFailure =
        TransactAction.OnFailure.of(
            request.returnValuesOnConditionCheckFailure()
                == ReturnValuesOnConditionCheckFailure.ALL_OLD);
    return switch (statement) {
      case BoundStatement.Insert insert ->
          new TransactAction.Put(
              insert.table(), insert.item(), ItemCondition.noItem(key), DUPLICATE);
      case BoundStatement.Update update -> {
        ItemCondition where = oneItem(update.where(), key);
        yield new TransactAction.Update(
            update.table(),
            where.key(),
            update.update(),
            where.ofExisting(key),
            onFailure,
            RequestStatements.expressionBytes(request.statement(), request.parameters()));
      }
      case BoundStatement.Delete delete -> {
        ItemCondition where = oneItem(delete.where(), key);
        yield new TransactAction.Delete(delete.table(), where.key(), where.ofAny(key), onFailure);
      }
      case BoundStatement.Exists(BoundStatement.Select select) -> {
        ItemCondition where = ItemCondition.ofCheck(select.where(), key);
        if (where == null) {
          throw ItemKeys.schemaMismatch();
        }
        yield new TransactAction.Check(
            select.table(), where.key(), where.ofExisting(key), onFailure);
      }
      case BoundStatement.Select _ -> throw new IllegalArgumentException("a transaction of reads");
    };
  }

  /** As AWS, without saying what is wrong with the clause. */
  private static ItemCondition oneItem(@Nullable Condition where, KeySchema key) {
    try {
      return ItemCondition.ofWrite(where, key);
    } catch (ExpressionException wrong) {
      throw ItemKeys.schemaMismatch();
    }
  }
}
