package dev.partita.engine.operation;

import dev.partita.engine.item.IndexKeys;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.engine.partition.Outcome;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.PutItemRequest;
import dev.partita.model.api.PutItemResponse;
import dev.partita.model.api.ReturnValue;
import dev.partita.model.api.ReturnValuesOnConditionCheckFailure;
import dev.partita.model.expression.Condition;
import org.jspecify.annotations.Nullable;

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
    int size = request.item().size();
    if (ItemSizeLimit.isExceeded(size)) {
      throw ApiException.validation(ItemSizeLimit.PUT_MESSAGE);
    }
    // Encoded here, not on the group's one writer.
    int encodedBytes = request.item().encoded().length;
    writer.write(
        request.tableName(),
        table -> plan(table, request, condition, size, encodedBytes),
        callback);
  }

  private static PutPlan plan(
      TableDescriptor table,
      PutItemRequest request,
      @Nullable Condition condition,
      int size,
      int encodedBytes) {
    byte[] key = ItemKeys.ofItem(table, request.item());
    IndexKeys.check(table, request.item());
    return new PutPlan(table, request, condition, key, size, encodedBytes);
  }

  private record PutPlan(
      TableDescriptor table,
      PutItemRequest request,
      @Nullable Condition condition,
      byte[] key,
      int size,
      int encodedBytes)
      implements ItemWriter.Plan {

    @Override
    public ItemMutation mutation() {
      return new PutMutation(condition, request.item(), size);
    }

    @Override
    public int queuedBytes() {
      return key.length + encodedBytes;
    }

    @Override
    public ApiResponse answer(Outcome.Applied applied) {
      return new PutItemResponse(
          request.returnValues() == ReturnValue.ALL_OLD
              ? ItemWriter.itemOf(applied.before())
              : null,
          ConsumedCapacities.ofWrite(
              request.returnConsumedCapacity(), request.tableName(), table, key, applied),
          CollectionMetrics.of(
              request.returnItemCollectionMetrics(), table, request.item(), applied));
    }

    @Override
    public boolean tellsItemOnFailure() {
      return request.returnValuesOnConditionCheckFailure()
          == ReturnValuesOnConditionCheckFailure.ALL_OLD;
    }
  }
}
