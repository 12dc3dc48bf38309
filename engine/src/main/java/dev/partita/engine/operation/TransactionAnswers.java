package dev.partita.engine.operation;

import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.operation.TransactWriteItems.Placed;
import dev.partita.engine.operation.TransactWriteItems.Settings;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.CancellationReason;
import dev.partita.model.api.Capacity;
import dev.partita.model.api.ConsumedCapacity;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.ItemCollectionMetrics;
import dev.partita.model.api.ReturnConsumedCapacity;
import dev.partita.model.api.ReturnItemCollectionMetrics;
import dev.partita.model.api.TransactWriteItemsResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns what became of a transaction into an answer. */
final class TransactionAnswers {
  private static final double GIGABYTE = 1 << 30;

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
    List<ConsumedCapacity> capacities = null;
    if (tells(settings.returnConsumedCapacity())) {
      boolean tellsIndexes = settings.returnConsumedCapacity() == ReturnConsumedCapacity.INDEXES;
      Map<String, WriteUnits> byTable = new LinkedHashMap<>();
      for (int index = 0; index < actions.size(); index++) {
        Placed action = actions.get(index);
        byTable
            .computeIfAbsent(action.action().tableName(), _ -> new WriteUnits(action.table()))
            .add(action.key(), items.get(index));
      }
      capacities = new ArrayList<>();
      for (Map.Entry<String, WriteUnits> table : byTable.entrySet()) {
        capacities.add(table.getValue().consumed(table.getKey(), tellsIndexes));
      }
    }
    return new TransactWriteItemsResponse(
        capacities,
        settings.returnItemCollectionMetrics() == ReturnItemCollectionMetrics.SIZE
            ? collectionMetrics(actions, items)
            : null);
  }

  private static boolean tells(@Nullable ReturnConsumedCapacity asked) {
    return asked != null && asked != ReturnConsumedCapacity.NONE;
  }

  /** A repeated request reads the items, so to say, and is told what that costs. */
  private static TransactWriteItemsResponse replayed(
      List<Placed> actions, Settings settings, List<Integer> readUnits) {
    if (!tells(settings.returnConsumedCapacity())) {
      return new TransactWriteItemsResponse(null, null);
    }
    boolean tellsIndexes = settings.returnConsumedCapacity() == ReturnConsumedCapacity.INDEXES;
    List<String> tables =
        actions.stream().map(action -> action.action().tableName()).distinct().toList();
    List<ConsumedCapacity> capacities = new ArrayList<>();
    for (int place = 0; place < Math.min(tables.size(), readUnits.size()); place++) {
      capacities.add(readCapacity(tables.get(place), readUnits.get(place), tellsIndexes));
    }
    return new TransactWriteItemsResponse(capacities, null);
  }

  /** The capacity of reading items in a transaction. */
  static ConsumedCapacity readCapacity(String tableName, double units, boolean tellsIndexes) {
    return new ConsumedCapacity(
        tableName,
        units,
        units,
        null,
        tellsIndexes ? new Capacity(units, units, null) : null,
        null,
        null);
  }

  private static @Nullable Map<String, List<ItemCollectionMetrics>> collectionMetrics(
      List<Placed> actions, List<Outcome.Applied> items) {
    Map<String, Map<Item, ItemCollectionMetrics>> byTable = new LinkedHashMap<>();
    for (int index = 0; index < actions.size(); index++) {
      long bytes = items.get(index).collectionBytes();
      if (bytes != Outcome.Applied.NO_COLLECTION) {
        Placed action = actions.get(index);
        Item key = partitionKey(action.table(), action.action().keyOrItem());
        byTable
            .computeIfAbsent(action.action().tableName(), _ -> new LinkedHashMap<>())
            .put(key, new ItemCollectionMetrics(key, sizeRange(bytes)));
      }
    }
    Map<String, List<ItemCollectionMetrics>> metrics = new LinkedHashMap<>();
    byTable.forEach((table, collections) -> metrics.put(table, List.copyOf(collections.values())));
    return metrics.isEmpty() ? null : metrics;
  }

  private static Item partitionKey(TableDescriptor table, Item keyOrItem) {
    KeyAttribute attribute = table.keySchema().partitionKey();
    AttributeValue value = keyOrItem.get(attribute.name());
    return value == null ? Item.EMPTY : Item.of(Map.of(attribute.name(), value));
  }

  private static List<Double> sizeRange(long bytes) {
    double lower = Math.floor(bytes / GIGABYTE);
    return List.of(lower, lower + 1);
  }

  private ApiError canceled(List<Placed> actions, List<Outcome> outcomes) {
    List<CancellationReason> reasons = new ArrayList<>(outcomes.size());
    for (int index = 0; index < outcomes.size(); index++) {
      Outcome outcome = outcomes.get(index);
      if (outcome instanceof Outcome.Refused(ApiError error, var _)
          && error.type() == ErrorType.INTERNAL_SERVER_ERROR) {
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
