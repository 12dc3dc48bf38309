package dev.partita.engine.operation;

import dev.partita.engine.item.IndexKeys;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.engine.partition.Outcome;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.ItemSizes;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.AttributeValueUpdate;
import dev.partita.model.api.ReturnValue;
import dev.partita.model.api.ReturnValuesOnConditionCheckFailure;
import dev.partita.model.api.UpdateItemRequest;
import dev.partita.model.api.UpdateItemResponse;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.LegacyUpdates;
import dev.partita.model.expression.Update;
import dev.partita.model.expression.UpdateResult;
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
    Bound bound =
        expressions.bind(
            request,
            request.expressionAttributeNames(),
            request.expressionAttributeValues(),
            binding ->
                new Bound(
                    request.updateExpression() == null
                        ? legacyUpdate(request)
                        : binding.update(request.updateExpression()),
                    RequestExpressions.writeCondition(
                        binding,
                        request.conditionExpression(),
                        request.expected(),
                        request.conditionalOperator())));
    writer.write(request.tableName(), table -> plan(request, bound, table), callback);
  }

  private static Update legacyUpdate(UpdateItemRequest request) {
    Map<String, AttributeValueUpdate> updates = request.attributeUpdates();
    return updates == null || updates.isEmpty()
        ? Update.none()
        : RequestExpressions.checked(() -> LegacyUpdates.of(updates));
  }

  private static UpdatePlan plan(UpdateItemRequest request, Bound bound, TableDescriptor table) {
    byte[] key = ItemKeys.ofKey(table, request.key());
    RequestExpressions.check(() -> bound.update.checkKeys(table.keySchema()));
    IndexKeys.checkPaths(table, bound.update);
    return new UpdatePlan(table, request, bound, key);
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

  private record Bound(Update update, @Nullable Condition condition) {}

  private static final class UpdatePlan implements ItemWriter.Plan {
    private final TableDescriptor table;
    private final UpdateItemRequest request;
    private final UpdateMutation mutation;
    private final byte[] key;
    private final int queuedBytes;

    UpdatePlan(TableDescriptor table, UpdateItemRequest request, Bound bound, byte[] key) {
      this.table = table;
      this.request = request;
      this.mutation = new UpdateMutation(table, bound.condition, bound.update, request.key());
      this.key = key;
      this.queuedBytes = key.length + expressionBytes(request.expressionAttributeValues());
    }

    @Override
    public byte[] key() {
      return key;
    }

    @Override
    public ItemMutation mutation() {
      return mutation;
    }

    @Override
    public int queuedBytes() {
      return queuedBytes;
    }

    @Override
    public ApiResponse answer(Outcome.Applied applied) {
      return new UpdateItemResponse(
          attributes(applied),
          ConsumedCapacities.ofWrite(
              request.returnConsumedCapacity(), request.tableName(), table, key, applied),
          CollectionMetrics.of(
              request.returnItemCollectionMetrics(), table, request.key(), applied));
    }

    private @Nullable Item attributes(Outcome.Applied applied) {
      UpdateResult result = mutation.result();
      ReturnValue asked =
          request.returnValues() == null ? ReturnValue.NONE : request.returnValues();
      return switch (asked) {
        case NONE -> null;
        case ALL_OLD -> ItemWriter.itemOf(applied.before());
        case ALL_NEW -> ItemWriter.itemOf(applied.after());
        case UPDATED_OLD -> result == null ? null : result.updatedOld();
        case UPDATED_NEW -> result == null ? null : result.updatedNew();
      };
    }

    @Override
    public boolean tellsItemOnFailure() {
      return request.returnValuesOnConditionCheckFailure()
          == ReturnValuesOnConditionCheckFailure.ALL_OLD;
    }
  }
}
