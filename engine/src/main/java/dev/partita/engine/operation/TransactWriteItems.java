package dev.partita.engine.operation;

import dev.partita.base.Bytes;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.TokenClaim;
import dev.partita.engine.partition.TransactionItem;
import dev.partita.engine.partition.TransactionSize;
import dev.partita.engine.router.RequestRouter;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.engine.transaction.PlannedAction;
import dev.partita.engine.transaction.Transaction;
import dev.partita.engine.transaction.TransactionCoordinator;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.CancellationReason;
import dev.partita.model.api.ReturnConsumedCapacity;
import dev.partita.model.api.ReturnItemCollectionMetrics;
import dev.partita.model.api.ReturnValuesOnConditionCheckFailure;
import dev.partita.model.api.TransactWriteItem;
import dev.partita.model.api.TransactWriteItemsRequest;
import dev.partita.model.api.TransactWriteItemsResponse;
import dev.partita.model.expression.Condition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * TransactWriteItems: up to 100 actions, all or none. What the request alone shows to be wrong
 * fails it as a whole, except that a key that does not fit its table is, like all that is found
 * later, the reason of its action.
 */
final class TransactWriteItems {
  private static final int ATTEMPTS_MAX = 8;

  private final RequestExpressions expressions;
  private final RequestRouter router;
  private final TransactionCoordinator coordinator;
  private final TransactionAnswers answers;

  TransactWriteItems(
      RequestExpressions expressions,
      RequestRouter router,
      ServerIdentity identity,
      TransactionCoordinator coordinator) {
    this.expressions = expressions;
    this.router = router;
    this.coordinator = coordinator;
    this.answers = new TransactionAnswers(identity);
  }

  /**
   * What is asked besides the actions.
   *
   * @param token null if the request brings none
   */
  record Settings(
      @Nullable TokenClaim token,
      @Nullable ReturnConsumedCapacity returnConsumedCapacity,
      @Nullable ReturnItemCollectionMetrics returnItemCollectionMetrics) {}

  /** An action with its place: its table, its storage key. */
  record Placed(TransactAction action, TableDescriptor table, byte[] key) {}

  void execute(TransactWriteItemsRequest request, ApiCallback callback) {
    List<TransactAction> actions = new ArrayList<>(request.transactItems().size());
    for (TransactWriteItem action : request.transactItems()) {
      actions.add(bind(request, action));
    }
    TokenClaim token =
        request.clientRequestToken() == null
            ? null
            : RequestDigest.claim(request.clientRequestToken(), request.transactItems());
    Settings settings =
        new Settings(
            token, request.returnConsumedCapacity(), request.returnItemCollectionMetrics());
    execute(actions, settings, response -> response, callback);
  }

  /**
   * Carries out actions whose expressions are bound.
   *
   * @param answer makes the answer of the operation from that of TransactWriteItems
   */
  void execute(
      List<TransactAction> actions,
      Settings settings,
      Function<TransactWriteItemsResponse, ApiResponse> answer,
      ApiCallback callback) {
    for (TransactAction action : actions) {
      if (action instanceof TransactAction.Put put && ItemSizeLimit.isExceeded(put.item().size())) {
        throw ApiException.validation(ItemSizeLimit.PUT_MESSAGE);
      }
    }
    attempt(actions, settings, answer, callback, 1);
  }

  private TransactAction bind(TransactWriteItemsRequest request, TransactWriteItem action) {
    TransactAction.OnFailure onFailure =
        TransactAction.OnFailure.of(
            action.returnValuesOnConditionCheckFailure()
                == ReturnValuesOnConditionCheckFailure.ALL_OLD);
    return expressions.bind(
        request,
        action.expressionAttributeNames(),
        action.expressionAttributeValues(),
        binding -> {
          Condition condition =
              action.conditionExpression() == null
                  ? null
                  : binding.condition(action.conditionExpression());
          return switch (action) {
            case TransactWriteItem.Put put ->
                new TransactAction.Put(put.tableName(), put.item(), condition, onFailure);
            case TransactWriteItem.Update update ->
                new TransactAction.Update(
                    update.tableName(),
                    update.key(),
                    binding.update(update.updateExpression()),
                    condition,
                    onFailure,
                    UpdateItem.expressionBytes(update.expressionAttributeValues()));
            case TransactWriteItem.Delete delete ->
                new TransactAction.Delete(delete.tableName(), delete.key(), condition, onFailure);
            case TransactWriteItem.ConditionCheck check ->
                new TransactAction.Check(
                    check.tableName(), check.key(), Objects.requireNonNull(condition), onFailure);
          };
        });
  }

  private void attempt(
      List<TransactAction> actions,
      Settings settings,
      Function<TransactWriteItemsResponse, ApiResponse> answer,
      ApiCallback callback,
      int attempt) {
    List<Placed> placed;
    try {
      placed = place(actions);
    } catch (ApiException refused) {
      callback.failed(refused.error());
      return;
    }
    coordinator.write(
        transaction(placed, settings.token()),
        outcome -> {
          if (ItemWriter.mustPlanAgain(outcome) && attempt < ATTEMPTS_MAX) {
            attempt(actions, settings, answer, callback, attempt + 1);
          } else {
            answers.answer(placed, settings, outcome, answer, callback);
          }
        });
  }

  private List<Placed> place(List<TransactAction> actions) {
    List<TableDescriptor> tables = new ArrayList<>(actions.size());
    for (TransactAction action : actions) {
      tables.add(ItemWriter.servingTable(router, action.tableName()));
    }
    List<Placed> placed = new ArrayList<>(actions.size());
    List<CancellationReason> reasons = new ArrayList<>(actions.size());
    for (int index = 0; index < actions.size(); index++) {
      TransactAction action = actions.get(index);
      TableDescriptor table = tables.get(index);
      try {
        placed.add(new Placed(action, table, action.key(table)));
        reasons.add(CancellationReason.none());
      } catch (ApiException wrong) {
        if (TransactionErrors.failsAll(wrong.error())) {
          throw wrong;
        }
        reasons.add(TransactionErrors.validation(wrong.error().message()));
        break; // AWS looks no further: the actions behind it get no reason of their own.
      }
    }
    while (reasons.size() < actions.size()) {
      reasons.add(CancellationReason.none());
    }
    checkTogether(placed);
    if (placed.size() < actions.size()) {
      throw new ApiException(ApiError.transactionCanceled(reasons));
    }
    return placed;
  }

  private static void checkTogether(List<Placed> placed) {
    Set<Bytes> distinct = new HashSet<>();
    long bytes = 0;
    for (Placed action : placed) {
      if (!distinct.add(Bytes.wrap(action.key()))) {
        throw ApiException.validation(TransactionErrors.SEVERAL_ACTIONS_ON_ONE_ITEM);
      }
      bytes += action.action().queuedBytes();
    }
    if (TransactionSize.isExceeded(bytes)) {
      throw new ApiException(TransactionSize.error());
    }
  }

  private static Transaction transaction(List<Placed> placed, @Nullable TokenClaim token) {
    List<PlannedAction> actions = new ArrayList<>(placed.size());
    for (Placed place : placed) {
      TableDescriptor table = place.table();
      PartitionPlacement placement = table.partitionMap().placement(place.key());
      TransactionItem item =
          new TransactionItem(
              placement.partition(),
              table.tableId(),
              table.schemaVersion(),
              place.key(),
              place.action().mutation(table));
      actions.add(
          new PlannedAction(
              placement.group(), item, place.key().length + place.action().queuedBytes()));
    }
    return new Transaction(actions, token);
  }
}
