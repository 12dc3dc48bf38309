package dev.partita.engine.operation;

import dev.partita.engine.partition.Outcome;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.PutItemRequest;
import dev.partita.model.api.PutItemResponse;
import dev.partita.model.api.ReturnValue;
import dev.partita.model.expression.Condition;

/** PutItem. */
final class PutItem {
  private final RequestExpressions expressions;
  private final ItemWriter writer;

  PutItem(RequestExpressions expressions, ItemWriter writer) {
    this.expressions = expressions;
    this.writer = writer;
  }

  void execute(PutItemRequest request, ApiCallback callback) {
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
    PutWrite.checkSize(request.item());
    writer.write(
        request.tableName(),
        table -> PutWrite.plan(table, request.item(), condition),
        request.returnValuesOnConditionCheckFailure(),
        (write, applied) -> answer(request, write, applied),
        callback);
  }

  private static PutItemResponse answer(
      PutItemRequest request, PutWrite write, Outcome.Applied applied) {
    return new PutItemResponse(
        request.returnValues() == ReturnValue.ALL_OLD ? ItemWriter.itemOf(applied.before()) : null,
        ConsumedCapacities.ofWrite(
            request.returnConsumedCapacity(), request.tableName(), write, applied),
        CollectionMetrics.of(request.returnItemCollectionMetrics(), write, applied));
  }
}
