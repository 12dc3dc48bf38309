package dev.partita.engine.operation;

import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.engine.partition.Outcome;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.DeleteItemRequest;
import dev.partita.model.api.DeleteItemResponse;
import dev.partita.model.api.ReturnValue;
import dev.partita.model.api.ReturnValuesOnConditionCheckFailure;
import dev.partita.model.expression.Condition;
import org.jspecify.annotations.Nullable;

/** DeleteItem. */
final class DeleteItem {
  private final RequestExpressions expressions;
  private final ItemWriter writer;

  DeleteItem(RequestExpressions expressions, ItemWriter writer) {
    this.expressions = expressions;
    this.writer = writer;
  }

  void execute(DeleteItemRequest request, ApiCallback callback) {
    Condition condition =
        expressions.bind(
            request,
            request.expressionAttributeNames(),
            request.expressionAttributeValues(),
            binding ->
                RequestExpressions.writeCondition(
                    binding,
                    request.conditionExpression(),
                    request.expected(),
                    request.conditionalOperator()));
    writer.write(
        request.tableName(),
        table -> new DeletePlan(table, request, condition, ItemKeys.ofKey(table, request.key())),
        callback);
  }

  private record DeletePlan(
      TableDescriptor table, DeleteItemRequest request, @Nullable Condition condition, byte[] key)
      implements ItemWriter.Plan {

    @Override
    public ItemMutation mutation() {
      return new DeleteMutation(condition);
    }

    @Override
    public int queuedBytes() {
      return key.length;
    }

    @Override
    public ApiResponse answer(Outcome.Applied applied) {
      return new DeleteItemResponse(
          request.returnValues() == ReturnValue.ALL_OLD
              ? ItemWriter.itemOf(applied.before())
              : null,
          ConsumedCapacities.ofWrite(
              request.returnConsumedCapacity(), request.tableName(), table, key, applied),
          CollectionMetrics.of(
              request.returnItemCollectionMetrics(), table, request.key(), applied));
    }

    @Override
    public boolean tellsItemOnFailure() {
      return request.returnValuesOnConditionCheckFailure()
          == ReturnValuesOnConditionCheckFailure.ALL_OLD;
    }
  }
}
