package dev.partita.engine.operation;

import dev.partita.engine.partition.Outcome;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.DeleteItemRequest;
import dev.partita.model.api.DeleteItemResponse;
import dev.partita.model.api.ReturnValue;
import dev.partita.model.expression.Condition;

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
        table -> DeleteWrite.plan(table, request.key(), condition),
        request.returnValuesOnConditionCheckFailure(),
        (write, applied) -> answer(request, write, applied),
        callback);
  }

  private static DeleteItemResponse answer(
      DeleteItemRequest request, DeleteWrite write, Outcome.Applied applied) {
    return new DeleteItemResponse(
        request.returnValues() == ReturnValue.ALL_OLD ? ItemWriter.itemOf(applied.before()) : null,
        ConsumedCapacities.ofWrite(
            request.returnConsumedCapacity(), request.tableName(), write, applied),
        CollectionMetrics.of(request.returnItemCollectionMetrics(), write, applied));
  }
}
