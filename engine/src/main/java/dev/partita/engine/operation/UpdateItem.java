package dev.partita.engine.operation;

import dev.partita.engine.partition.Outcome;
import dev.partita.model.AttributeValue;
import dev.partita.model.ItemSizes;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.AttributeValueUpdate;
import dev.partita.model.api.ReturnValue;
import dev.partita.model.api.UpdateItemRequest;
import dev.partita.model.api.UpdateItemResponse;
import dev.partita.model.expression.LegacyUpdates;
import dev.partita.model.expression.Update;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** UpdateItem. */
final class UpdateItem {
  private static final int EXPRESSION_BYTES_EXPECTED = 256;

  private final RequestExpressions expressions;
  private final ItemWriter writer;

  UpdateItem(RequestExpressions expressions, ItemWriter writer) {
    this.expressions = expressions;
    this.writer = writer;
  }

  void execute(UpdateItemRequest request, ApiCallback callback) {
    UpdateWrite.Bound bound =
        expressions.bind(
            request,
            request.expressionAttributeNames(),
            request.expressionAttributeValues(),
            binding ->
                new UpdateWrite.Bound(
                    request.key(),
                    request.updateExpression() == null
                        ? legacyUpdate(request)
                        : binding.update(request.updateExpression()),
                    RequestExpressions.writeCondition(
                        binding,
                        request.conditionExpression(),
                        request.expected(),
                        request.conditionalOperator()),
                    expressionBytes(request.expressionAttributeValues())));
    writer.write(
        request.tableName(),
        table -> UpdateWrite.plan(table, bound),
        request.returnValuesOnConditionCheckFailure(),
        (write, applied) -> answer(request, write, applied),
        callback);
  }

  private static Update legacyUpdate(UpdateItemRequest request) {
    Map<String, AttributeValueUpdate> updates = request.attributeUpdates();
    return updates == null || updates.isEmpty()
        ? Update.none()
        : RequestExpressions.checked(() -> LegacyUpdates.of(updates));
  }

  /** The memory that the expressions of an update hold. */
  static int expressionBytes(@Nullable Map<String, AttributeValue> values) {
    int bytes = EXPRESSION_BYTES_EXPECTED;
    if (values != null) {
      for (AttributeValue value : values.values()) {
        bytes += ItemSizes.of(value);
      }
    }
    return bytes;
  }

  private static UpdateItemResponse answer(
      UpdateItemRequest request, UpdateWrite write, Outcome.Applied applied) {
    return new UpdateItemResponse(
        write.returned(
            request.returnValues() == null ? ReturnValue.NONE : request.returnValues(), applied),
        ConsumedCapacities.ofWrite(
            request.returnConsumedCapacity(), request.tableName(), write, applied),
        CollectionMetrics.of(request.returnItemCollectionMetrics(), write, applied));
  }
}
