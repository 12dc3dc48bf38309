package dev.partita.engine.operation;

import dev.partita.engine.operation.ConsumedCapacities.Usage;
import dev.partita.engine.operation.TransactWriteItems.Placed;
import dev.partita.engine.operation.TransactWriteItems.Settings;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.model.Item;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.CancellationReason;
import dev.partita.model.api.ConsumedCapacity;
import dev.partita.model.api.ItemCollectionMetrics;
import dev.partita.model.api.TransactWriteItemsResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns what became of a transaction into an answer. */
final class TransactionAnswers {
  private final ServerIdentity identity;

  TransactionAnswers(ServerIdentity identity) {
    this.identity = identity;
  }

  void answer(
      List<Placed> actions,
      Settings settings,
      Outcome outcome,
      Function<TransactWriteItemsResponse, ApiResponse> answer,
      ApiCallback callback) {
    switch (outcome) {
      case Outcome.TransactionApplied applied ->
          callback.completed(answer.apply(written(actions, settings, applied.items())));
      case Outcome.TokenReplayed replayed ->
          callback.completed(answer.apply(replayed(actions, settings, replayed.readUnits())));
      case Outcome.TransactionCanceled canceled ->
          callback.failed(canceled(actions, canceled.items()));
      case Outcome.TokenMismatch _ -> callback.failed(TransactionErrors.tokenMismatch());
      case Outcome.TokenInProgress _ -> callback.failed(TransactionErrors.inProgress());
      case Outcome.Refused refused -> callback.failed(refused.error());
      case Outcome.Overloaded _ -> callback.failed(OperationErrors.overloaded());
      case Outcome.Unavailable unavailable ->
          callback.failed(OperationErrors.unavailable(unavailable.reason()));
      case Outcome.Applied _,
          Outcome.ConditionFailed _,
          Outcome.TransactionConflict _,
          Outcome.IndexBacklogFull _,
          Outcome.WrongPartition _,
          Outcome.StaleSchema _,
          Outcome.Unknown _,
          Outcome.OfTransaction _ ->
          callback.failed(OperationErrors.internal());
    }
  }

  private static TransactWriteItemsResponse written(
      List<Placed> actions, Settings settings, List<Outcome.Applied> items) {
    Map<String, Usage> usages = new LinkedHashMap<>();
    Map<String, Map<Item, ItemCollectionMetrics>> metrics = new LinkedHashMap<>();
    for (int index = 0; index < actions.size(); index++) {
      Placed action = actions.get(index);
      Outcome.Applied item = items.get(index);
      String name = action.action().tableName();
      if (ConsumedCapacities.isAsked(settings.returnConsumedCapacity())) {
        usages
            .computeIfAbsent(name, _ -> Usage.ofTable(0))
            .add(Usage.ofTransaction(action.table(), action.key(), item));
      }
      ItemCollectionMetrics ofItem =
          CollectionMetrics.of(
              settings.returnItemCollectionMetrics(),
              action.table(),
              action.action().keyOrItem(),
              item);
      if (ofItem != null) {
        metrics
            .computeIfAbsent(name, _ -> new LinkedHashMap<>())
            .put(ofItem.itemCollectionKey(), ofItem);
      }
    }
    List<ConsumedCapacity> capacities = new ArrayList<>();
    usages.forEach((name, usage) ->
        add(
            capacities,
            ConsumedCapacities.ofTransactionWrites(
                settings.returnConsumedCapacity(), name, usage)));
    return new TransactWriteItemsResponse(
        capacities.isEmpty() ? null : capacities, metrics.isEmpty() ? null : lists(metrics));
  }

  private static Map<String, List<ItemCollectionMetrics>> lists(
      Map<String, Map<Item, ItemCollectionMetrics>> metrics) {
    Map<String, List<ItemCollectionMetrics>> lists = new LinkedHashMap<>();
    metrics.forEach((table, collections) -> lists.put(table, List.copyOf(collections.values())));
    return lists;
  }

  private static void add(List<ConsumedCapacity> capacities, @Nullable ConsumedCapacity capacity) {
    if (capacity != null) {
      capacities.add(capacity);
    }
  }

  /** A repeated request reads the items, so to say, and is told what that costs. */
  private static TransactWriteItemsResponse replayed(
      List<Placed> actions, Settings settings, List<Integer> readUnits) {
    List<String> tables =
        actions.stream().map(action -> action.action().tableName()).distinct().toList();
    List<ConsumedCapacity> capacities = new ArrayList<>();
    for (int place = 0; place < Math.min(tables.size(), readUnits.size()); place++) {
      add(
          capacities,
          ConsumedCapacities.ofTransactionReads(
              settings.returnConsumedCapacity(), tables.get(place), readUnits.get(place)));
    }
    return new TransactWriteItemsResponse(capacities.isEmpty() ? null : capacities, null);
  }

  private ApiError canceled(List<Placed> actions, List<Outcome> outcomes) {
    List<CancellationReason> reasons = new ArrayList<>(outcomes.size());
    for (int index = 0; index < outcomes.size(); index++) {
      Outcome outcome = outcomes.get(index);
      if (outcome instanceof Outcome.Refused(ApiError error, var _)
          && TransactionErrors.failsAll(error)) {
        return error;
      }
      reasons.add(reason(actions.get(index), outcome));
    }
    return ApiError.transactionCanceled(reasons);
  }

  private CancellationReason reason(Placed action, Outcome outcome) {
    TransactAction.OnFailure onFailure = action.action().onFailure();
    return switch (outcome) {
      case Outcome.ConditionFailed failed ->
          new CancellationReason(
              onFailure.code(),
              onFailure.message(),
              onFailure.tellsItem() ? ItemWriter.itemOf(failed.before()) : null);
      case Outcome.TransactionConflict _ -> TransactionErrors.conflict();
      case Outcome.Refused refused -> TransactionErrors.reason(refused.error());
      case Outcome.IndexBacklogFull _ ->
          TransactionErrors.reason(OperationErrors.indexBacklogFull(action.table(), identity));
      case Outcome.Applied _,
          Outcome.WrongPartition _,
          Outcome.StaleSchema _,
          Outcome.Overloaded _,
          Outcome.Unavailable _,
          Outcome.Unknown _,
          Outcome.OfTransaction _ ->
          CancellationReason.none();
    };
  }
}
