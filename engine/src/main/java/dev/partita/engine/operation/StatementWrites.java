package dev.partita.engine.operation;

import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.Outcome;
import dev.partita.model.Item;
import dev.partita.model.KeySchema;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.ReturnValue;
import dev.partita.model.api.ReturnValuesOnConditionCheckFailure;
import dev.partita.model.expression.ItemCondition;
import dev.partita.model.partiql.BoundStatement;
import dev.partita.model.partiql.Returning;
import org.jspecify.annotations.Nullable;

/**
 * INSERT, UPDATE and DELETE as the writes of single items that they are.
 *
 * <p>Source: AWS, "PartiQL insert statements for DynamoDB" and its siblings, and answers of AWS.
 */
final class StatementWrites {
  static final String DUPLICATE_MESSAGE = "Duplicate primary key exists in table";

  private StatementWrites() {}

  /**
   * The write, or an ApiException if the statement does not fit the table.
   *
   * @param expressionBytes the memory that the statement holds
   */
  static ItemWrite plan(
      TableDescriptor table, BoundStatement.Write statement, int expressionBytes) {
    KeySchema key = table.keySchema();
    return switch (statement) {
      case BoundStatement.Insert(String _, Item item) -> {
        PutWrite.checkSize(item);
        yield PutWrite.plan(table, item, ItemCondition.noItem(key));
      }
      case BoundStatement.Update update -> {
        ItemCondition where =
            RequestExpressions.checked(() -> ItemCondition.ofWrite(update.where(), key));
        yield UpdateWrite.plan(
            table,
            new UpdateWrite.Bound(
                where.key(), update.update(), where.ofExisting(key), expressionBytes));
      }
      case BoundStatement.Delete delete -> {
        ItemCondition where =
            RequestExpressions.checked(() -> ItemCondition.ofWrite(delete.where(), key));
        yield DeleteWrite.plan(table, where.key(), where.ofAny(key));
      }
    };
  }

  /** What the statement's RETURNING gives back of the item; null if nothing. */
  static @Nullable Item returned(
      BoundStatement.Write statement, ItemWrite write, Outcome.Applied applied) {
    return switch (statement) {
      case BoundStatement.Insert _ -> null;
      case BoundStatement.Update update ->
          write instanceof UpdateWrite updated
              ? updated.returned(returnValue(update.returning()), applied)
              : null;
      case BoundStatement.Delete delete ->
          delete.returning() ? ItemWriter.itemOf(applied.before()) : null;
    };
  }

  private static ReturnValue returnValue(@Nullable Returning returning) {
    return switch (returning) {
      case null -> ReturnValue.NONE;
      case ALL_OLD -> ReturnValue.ALL_OLD;
      case ALL_NEW -> ReturnValue.ALL_NEW;
      case MODIFIED_OLD -> ReturnValue.UPDATED_OLD;
      case MODIFIED_NEW -> ReturnValue.UPDATED_NEW;
    };
  }

  /** Why the statement did nothing to the item that it met. */
  static ApiError conditionFailed(
      BoundStatement.Write statement,
      Outcome.ConditionFailed failed,
      @Nullable ReturnValuesOnConditionCheckFailure asked) {
    return switch (statement) {
      case BoundStatement.Insert _ -> new ApiError(ErrorType.DUPLICATE_ITEM, DUPLICATE_MESSAGE);
      case BoundStatement.Update _, BoundStatement.Delete _ ->
          OperationErrors.conditionFailed(failed, asked);
    };
  }
}
