package dev.partita.engine.operation;

import dev.partita.base.Bytes;
import dev.partita.engine.item.IndexKeys;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.operation.ConsumedCapacities.Usage;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.router.RequestRouter;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.model.Item;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.BatchWriteItemRequest;
import dev.partita.model.api.BatchWriteItemResponse;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.ItemCollectionMetrics;
import dev.partita.model.api.WriteRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * BatchWriteItem: up to 25 puts and deletes over several tables, each on its own. What was turned
 * away comes back as UnprocessedItems; if everything was, the request fails.
 */
final class BatchWriteItem {
  private static final int ATTEMPTS_MAX = 8;

  private final RequestRouter router;
  private final ServerIdentity identity;

  BatchWriteItem(RequestRouter router, ServerIdentity identity) {
    this.router = router;
    this.identity = identity;
  }

  /** One write of the batch, checked. */
  private record PlannedWrite(String tableName, WriteRequest write, byte[] key, ItemEffect effect) {
    Item keyOrItem() {
      return switch (write) {
        case WriteRequest.Put(Item item) -> item;
        case WriteRequest.Delete(Item key) -> key;
      };
    }
  }

  void execute(BatchWriteItemRequest request, ApiCallback callback) {
    List<PlannedWrite> writes = new ArrayList<>();
    Map<String, TableDescriptor> tables = new LinkedHashMap<>();
    request
        .requestItems()
        .forEach((name, tableWrites) -> {
          TableDescriptor table = ItemWriter.servingTable(router, name);
          tables.put(name, table);
          plan(name, table, tableWrites, writes);
        });
    Batch batch = new Batch(request, writes, tables, callback);
    for (int index = 0; index < writes.size(); index++) {
      PlannedWrite write = writes.get(index);
      TableDescriptor table = tables.get(write.tableName);
      if (table != null) {
        send(batch, index, table, 1);
      }
    }
  }

  private static void plan(
      String name, TableDescriptor table, List<WriteRequest> writes, List<PlannedWrite> planned) {
    Set<Bytes> distinct = new HashSet<>();
    for (WriteRequest write : writes) {
      PlannedWrite plan = plan(name, table, write);
      if (!distinct.add(Bytes.wrap(plan.key))) {
        throw ApiException.validation("Provided list of item keys contains duplicates");
      }
      planned.add(plan);
    }
  }

  private static PlannedWrite plan(String name, TableDescriptor table, WriteRequest write) {
    return switch (write) {
      case WriteRequest.Put(Item item) -> {
        int size = item.size();
        byte[] key = keyOfPut(table, item);
        IndexKeys.check(table, item);
        if (ItemSizeLimit.isExceeded(size)) {
          throw ApiException.validation(ItemSizeLimit.PUT_MESSAGE);
        }
        yield new PlannedWrite(name, write, key, new ItemEffect.Put(item, size));
      }
      case WriteRequest.Delete(Item key) ->
          new PlannedWrite(name, write, ItemKeys.ofKey(table, key), new ItemEffect.Delete());
    };
  }

  /** A batch reports a wrong key type with the schema error of Key parameters. */
  private static byte[] keyOfPut(TableDescriptor table, Item item) {
    Item key = ItemKeys.keyOf(table.keySchema(), item);
    return ItemKeys.ofKey(table, key);
  }

  private void send(Batch batch, int index, TableDescriptor table, int attempt) {
    PlannedWrite write = batch.writes.get(index);
    int queuedBytes =
        write.effect instanceof ItemEffect.Put put ? put.item().encoded().length : write.key.length;
    router.write(
        table,
        write.key,
        _ -> write.effect,
        queuedBytes,
        outcome -> {
          TableDescriptor again =
              ItemWriter.mustPlanAgain(outcome) && attempt < ATTEMPTS_MAX
                  ? router.find(write.tableName)
                  : null;
          if (again != null && again.servesItems() && again.tableId() == table.tableId()) {
            send(batch, index, again, attempt + 1);
          } else {
            batch.finished(index, outcome);
          }
        });
  }

  /** Gathers the outcomes, which arrive on several threads, and answers after the last. */
  private final class Batch {
    private final BatchWriteItemRequest request;
    private final List<PlannedWrite> writes;
    private final Map<String, TableDescriptor> tables;
    private final ApiCallback callback;
    private final @Nullable Outcome[] outcomes;
    private final AtomicInteger missing;

    Batch(
        BatchWriteItemRequest request,
        List<PlannedWrite> writes,
        Map<String, TableDescriptor> tables,
        ApiCallback callback) {
      this.request = request;
      this.writes = writes;
      this.tables = tables;
      this.callback = callback;
      this.outcomes = new Outcome[writes.size()];
      this.missing = new AtomicInteger(writes.size());
    }

    void finished(int index, Outcome outcome) {
      outcomes[index] = outcome;
      if (missing.decrementAndGet() == 0) {
        answer();
      }
    }

    private void answer() {
      Map<String, Usage> used = new LinkedHashMap<>();
      Map<String, List<WriteRequest>> unprocessed = new LinkedHashMap<>();
      Map<String, List<ItemCollectionMetrics>> metrics = new LinkedHashMap<>();
      int turnedAway = 0;
      boolean unknown = false;
      ApiError lastError = OperationErrors.internal();
      for (int index = 0; index < writes.size(); index++) {
        PlannedWrite write = writes.get(index);
        if (outcomes[index] instanceof Outcome.Applied applied) {
          applied(write, applied, used, metrics);
        } else {
          turnedAway++;
          unknown |= outcomes[index] instanceof Outcome.Unknown;
          lastError = errorOf(write, outcomes[index]);
          unprocessed.computeIfAbsent(write.tableName, _ -> new ArrayList<>()).add(write.write);
        }
      }
      // Other errors say that nothing was written.
      ApiError error = unknown ? OperationErrors.internal() : lastError;
      // A transaction that holds the items is no failure of the batch: they may be sent again.
      if (turnedAway == writes.size() && error.type() != ErrorType.TRANSACTION_CONFLICT) {
        callback.failed(error);
        return;
      }
      callback.completed(
          new BatchWriteItemResponse(
              unprocessed,
              ConsumedCapacities.ofAll(request.returnConsumedCapacity(), used),
              metrics.isEmpty() ? null : metrics));
    }

    private void applied(
        PlannedWrite write,
        Outcome.Applied applied,
        Map<String, Usage> used,
        Map<String, List<ItemCollectionMetrics>> metrics) {
      TableDescriptor table = tables.get(write.tableName);
      if (table == null) {
        return;
      }
      if (ConsumedCapacities.isAsked(request.returnConsumedCapacity())) {
        used.computeIfAbsent(write.tableName, _ -> Usage.ofTable(0))
            .add(Usage.ofWrite(table, write.key, applied));
      }
      ItemCollectionMetrics metric =
          CollectionMetrics.of(
              request.returnItemCollectionMetrics(), table, write.keyOrItem(), applied);
      if (metric != null) {
        metrics.computeIfAbsent(write.tableName, _ -> new ArrayList<>()).add(metric);
      }
    }

    private ApiError throttled(String tableName) {
      TableDescriptor table = router.find(tableName);
      return table == null
          ? OperationErrors.resourceNotFound().error()
          : OperationErrors.indexBacklogFull(table, identity);
    }

    private ApiError errorOf(PlannedWrite write, @Nullable Outcome outcome) {
      return switch (outcome) {
        case Outcome.IndexBacklogFull _ -> throttled(write.tableName);
        case Outcome.TransactionConflict _ -> OperationErrors.transactionConflict();
        case Outcome.Overloaded _ -> OperationErrors.overloaded();
        case Outcome.Unavailable unavailable -> OperationErrors.unavailable(unavailable.reason());
        case Outcome.WrongPartition _, Outcome.StaleSchema _ ->
            OperationErrors.resourceNotFound().error();
        case null -> OperationErrors.internal();
        case Outcome.Applied _,
            Outcome.ConditionFailed _,
            Outcome.Refused _,
            Outcome.Unknown _,
            Outcome.OfTransaction _ ->
            OperationErrors.internal();
      };
    }
  }
}
