package dev.partita.engine.operation;

import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.router.RequestRouter;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.model.Item;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.ErrorType;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a single-item write: plans it against the table as it is, sends it, plans again when
 * the partition has moved or the schema has changed meanwhile, and turns the outcome into an
 * answer.
 */
final class ItemWriter {
  private static final int ATTEMPTS_MAX = 8;

  private final RequestRouter router;
  private final ServerIdentity identity;

  ItemWriter(RequestRouter router, ServerIdentity identity) {
    this.router = router;
    this.identity = identity;
  }

  /** A write planned against one version of the table. */
  interface Plan {
    /** The storage key of the item. */
    byte[] key();

    /** What to do to the item. */
    ItemMutation mutation();

    /** The memory that the request holds while it waits. */
    int queuedBytes();

    /** The answer once the write is durable. */
    ApiResponse answer(Outcome.Applied applied);

    /** Whether a failed condition tells the item. */
    boolean tellsItemOnFailure();
  }

  /** Makes a plan, or throws {@link ApiException} if the request does not fit the table. */
  @FunctionalInterface
  interface Planner {
    Plan plan(TableDescriptor table);
  }

  void write(String tableName, Planner planner, ApiCallback callback) {
    attempt(tableName, planner, callback, 1);
  }

  private void attempt(String tableName, Planner planner, ApiCallback callback, int attempt) {
    Plan plan;
    TableDescriptor table;
    try {
      table = servingTable(router, tableName);
      plan = planner.plan(table);
    } catch (ApiException refused) {
      callback.failed(refused.error());
      return;
    }
    router.write(
        table,
        plan.key(),
        plan.mutation(),
        plan.queuedBytes(),
        outcome -> {
          if (mustPlanAgain(outcome) && attempt < ATTEMPTS_MAX) {
            attempt(tableName, planner, callback, attempt + 1);
          } else {
            answer(table, plan, outcome, callback);
          }
        });
  }

  /** The table, if its items can be read and written. */
  static TableDescriptor servingTable(RequestRouter router, String tableName) {
    TableDescriptor table = router.find(tableName);
    if (table == null || !table.servesItems()) {
      throw OperationErrors.resourceNotFound();
    }
    return table;
  }

  static boolean mustPlanAgain(Outcome outcome) {
    return outcome instanceof Outcome.WrongPartition || outcome instanceof Outcome.StaleSchema;
  }

  private void answer(TableDescriptor table, Plan plan, Outcome outcome, ApiCallback callback) {
    switch (outcome) {
      case Outcome.Applied applied -> callback.completed(plan.answer(applied));
      case Outcome.ConditionFailed failed ->
          callback.failed(
              new ApiError(
                  ErrorType.CONDITIONAL_CHECK_FAILED,
                  "The conditional request failed",
                  plan.tellsItemOnFailure() ? itemOf(failed.before()) : null));
      case Outcome.Refused refused -> callback.failed(refused.error());
      case Outcome.TransactionConflict _ -> callback.failed(OperationErrors.transactionConflict());
      case Outcome.IndexBacklogFull _ ->
          callback.failed(OperationErrors.indexBacklogFull(table, identity));
      case Outcome.Overloaded _ -> callback.failed(OperationErrors.overloaded());
      case Outcome.Unavailable unavailable ->
          callback.failed(OperationErrors.unavailable(unavailable.reason()));
      case Outcome.WrongPartition _,
          Outcome.StaleSchema _,
          Outcome.Unknown _,
          Outcome.OfTransaction _ ->
          callback.failed(OperationErrors.internal());
    }
  }

  static @Nullable Item itemOf(@Nullable StoredItem stored) {
    return stored == null ? null : stored.item();
  }

  static int sizeOf(@Nullable StoredItem stored) {
    return stored == null ? 0 : stored.size();
  }
}
