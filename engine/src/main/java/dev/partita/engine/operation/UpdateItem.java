package dev.partita.engine.operation;

import dev.partita.engine.item.IndexKeys;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.StoredItem;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.ItemSizes;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.AttributeValueUpdate;
import dev.partita.model.api.ReturnValue;
import dev.partita.model.api.ReturnValuesOnConditionCheckFailure;
import dev.partita.model.api.UpdateItemRequest;
import dev.partita.model.api.UpdateItemResponse;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.ExpressionException;
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

  private record Bound(Update update, @Nullable Condition condition) {}

  private static final class UpdatePlan implements ItemWriter.Plan, ItemMutation {
    private final TableDescriptor table;
    private final UpdateItemRequest request;
    private final Bound bound;
    private final byte[] key;
    private final int queuedBytes;

    /** Of the last evaluation; both it and the answer run on the group's writer. */
    private @Nullable UpdateResult result;

    UpdatePlan(TableDescriptor table, UpdateItemRequest request, Bound bound, byte[] key) {
      this.table = table;
      this.request = request;
      this.bound = bound;
      this.key = key;
      this.queuedBytes = key.length + EXPRESSION_BYTES_EXPECTED + valueBytes(request);
    }

    private static int valueBytes(UpdateItemRequest request) {
      int bytes = 0;
      if (request.expressionAttributeValues() != null) {
        for (AttributeValue value : request.expressionAttributeValues().values()) {
          bytes += ItemSizes.of(value);
        }
      }
      return bytes;
    }

    @Override
    public byte[] key() {
      return key;
    }

    @Override
    public ItemMutation mutation() {
      return this;
    }

    @Override
    public ItemEffect evaluate(@Nullable StoredItem current) {
      Item old = ItemWriter.itemOf(current);
      if (!RequestExpressions.holds(bound.condition, current)) {
        return new ItemEffect.ConditionFailed();
      }
      if (old == null && !bound.update.createsItem()) {
        return new ItemEffect.Keep();
      }
      UpdateResult applied;
      try {
        applied = bound.update.apply(old, request.key());
      } catch (ExpressionException wrong) {
        return new ItemEffect.Refused(ApiError.validation(RequestExpressions.messageOf(wrong)));
      }
      int size = applied.newItem().size();
      if (ItemSizeLimit.isExceeded(size)) {
        return new ItemEffect.Refused(ApiError.validation(ItemSizeLimit.UPDATE_MESSAGE));
      }
      String problem = IndexKeys.problem(table, applied.newItem());
      if (problem != null) {
        return new ItemEffect.Refused(ApiError.validation(problem));
      }
      result = applied;
      return new ItemEffect.Put(applied.newItem(), size);
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
