package dev.partita.engine.operation;

import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.router.RequestRouter;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.model.Item;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.ReturnValuesOnConditionCheckFailure;
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

  /** Makes a plan, or throws {@link ApiException} if the request does not fit the table. */
  @FunctionalInterface
  interface Planner<W extends ItemWrite> {
    W plan(TableDescriptor table);
  }

  /** Makes the answer of a write that is durable. */
  @FunctionalInterface
  interface Answer<W extends ItemWrite> {
    ApiResponse of(W write, Outcome.Applied applied);
  }

  /** Is told once what became of a write. */
  interface Listener<W extends ItemWrite> {
    void applied(W write, Outcome.Applied applied);

    void conditionFailed(W write, Outcome.ConditionFailed failed);

    /** The item that it met does not take it. */
    void refused(W write, Outcome.Refused refused);

    /** Nothing was written, or if the server failed it is not known what was. */
    void failed(ApiError error);
  }

  /** A write that is a request of its own. */
  <W extends ItemWrite> void write(
      String tableName,
      Planner<W> planner,
      @Nullable ReturnValuesOnConditionCheckFailure onFailure,
      Answer<W> answer,
      ApiCallback callback) {
    write(
        tableName,
        planner,
        new Listener<>() {
          @Override
          public void applied(W write, Outcome.Applied applied) {
            callback.completed(answer.of(write, applied));
          }

          @Override
          public void conditionFailed(W write, Outcome.ConditionFailed failed) {
            callback.failed(OperationErrors.conditionFailed(failed, onFailure));
          }

          @Override
          public void refused(W write, Outcome.Refused refused) {
            callback.failed(refused.error());
          }

          @Override
          public void failed(ApiError error) {
            callback.failed(error);
          }
        });
  }

  <W extends ItemWrite> void write(String tableName, Planner<W> planner, Listener<W> listener) {
    attempt(tableName, planner, listener, 1);
  }

  private <W extends ItemWrite> void attempt(
      String tableName, Planner<W> planner, Listener<W> listener, int attempt) {
    W write;
    try {
      write = planner.plan(servingTable(router, tableName));
    } catch (ApiException refused) {
      listener.failed(refused.error());
      return;
    }
    send(write, planner, listener, attempt);
  }

  /** Sends a write that is planned already. */
  <W extends ItemWrite> void send(W write, Planner<W> planner, Listener<W> listener) {
    send(write, planner, listener, 1);
  }

  private <W extends ItemWrite> void send(
      W write, Planner<W> planner, Listener<W> listener, int attempt) {
    router.write(
        write.table(),
        write.key(),
        write.mutation(),
        write.queuedBytes(),
        outcome -> {
          if (mustPlanAgain(outcome) && attempt < ATTEMPTS_MAX) {
            attempt(write.table().name(), planner, listener, attempt + 1);
          } else {
            tell(write, outcome, listener);
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

  private <W extends ItemWrite> void tell(W write, Outcome outcome, Listener<W> listener) {
    switch (outcome) {
      case Outcome.Applied applied -> listener.applied(write, applied);
      case Outcome.ConditionFailed failed -> listener.conditionFailed(write, failed);
      case Outcome.Refused refused -> listener.refused(write, refused);
      case Outcome.TransactionConflict _ -> listener.failed(OperationErrors.transactionConflict());
      case Outcome.IndexBacklogFull _ ->
          listener.failed(OperationErrors.indexBacklogFull(write.table(), identity));
      case Outcome.Overloaded _ -> listener.failed(OperationErrors.overloaded());
      case Outcome.Unavailable unavailable ->
          listener.failed(OperationErrors.unavailable(unavailable.reason()));
      case Outcome.WrongPartition _,
          Outcome.StaleSchema _,
          Outcome.Unknown _,
          Outcome.OfTransaction _ ->
          listener.failed(OperationErrors.internal());
    }
  }

  static @Nullable Item itemOf(@Nullable StoredItem stored) {
    return stored == null ? null : stored.item();
  }

  static int sizeOf(@Nullable StoredItem stored) {
    return stored == null ? 0 : stored.size();
  }
}
