package dev.partita.engine.operation;

import dev.partita.engine.operation.BatchExecuteStatement.Member;
import dev.partita.engine.operation.ConsumedCapacities.Usage;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.StoredItem;
import dev.partita.model.CapacityUnits;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.BatchExecuteStatementRequest;
import dev.partita.model.api.BatchExecuteStatementResponse;
import dev.partita.model.api.BatchStatementResponse;
import dev.partita.model.partiql.BoundStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one BatchExecuteStatement: sent all at once, answered when the last is done. Their
 * outcomes arrive on several threads.
 */
final class BatchedStatementWrites {
  private final BatchExecuteStatementRequest request;
  private final List<Member> members;
  private final ItemWriter writer;
  private final @Nullable Result[] results;
  private final AtomicInteger missing;

  BatchedStatementWrites(
      BatchExecuteStatementRequest request, List<Member> members, ItemWriter writer) {
    this.request = request;
    this.members = members;
    this.writer = writer;
    this.results = new Result[members.size()];
    this.missing = new AtomicInteger(members.size());
  }

  /** What became of a statement. */
  private sealed interface Result {
    record Applied(BoundStatement.Write statement, ItemWrite write, Outcome.Applied outcome)
        implements Result {}

    /** It ran, but the item did not let it. */
    record Ran(BoundStatement.Write statement, ApiError error, double units) implements Result {}

    /** It did not run. */
    record Failed(ApiError error) implements Result {}
  }

  void run(ApiCallback callback) {
    for (int index = 0; index < results.length; index++) {
      int place = index;
      switch (members.get(index)) {
        case Member.Write write -> send(write, result -> finished(place, result, callback));
        case Member.Failed(ApiError error) -> finished(place, new Result.Failed(error), callback);
        case Member.Read _, Member.Parsed _ ->
            finished(place, new Result.Failed(OperationErrors.internal()), callback);
      }
    }
  }

  private void finished(int index, Result result, ApiCallback callback) {
    results[index] = result;
    if (missing.decrementAndGet() == 0) {
      callback.completed(answer());
    }
  }

  private void send(Member.Write member, Consumer<Result> taker) {
    BoundStatement.Write statement = member.statement();
    writer.send(
        member.write(),
        table -> StatementWrites.plan(table, statement, member.expressionBytes()),
        new ItemWriter.Listener<ItemWrite>() {
          @Override
          public void applied(ItemWrite write, Outcome.Applied applied) {
            taker.accept(new Result.Applied(statement, write, applied));
          }

          @Override
          public void conditionFailed(ItemWrite write, Outcome.ConditionFailed failed) {
            taker.accept(
                new Result.Ran(
                    statement,
                    StatementWrites.conditionFailed(statement, failed, null),
                    units(statement, failed.before())));
          }

          @Override
          public void refused(ItemWrite write, Outcome.Refused refused) {
            taker.accept(
                new Result.Ran(statement, refused.error(), units(statement, refused.before())));
          }

          @Override
          public void failed(ApiError error) {
            taker.accept(new Result.Failed(error));
          }
        });
  }

  /** What a write that failed used: it is sized by the item that it met or would have put. */
  private static double units(BoundStatement.Write statement, @Nullable StoredItem met) {
    int put = statement instanceof BoundStatement.Insert insert ? insert.item().size() : 0;
    return CapacityUnits.write(Math.max(put, ItemWriter.sizeOf(met)));
  }

  private BatchExecuteStatementResponse answer() {
    List<BatchStatementResponse> responses = new ArrayList<>(results.length);
    Map<String, Usage> used = new LinkedHashMap<>();
    Map<String, Double> failed = new HashMap<>();
    for (Result result : results) {
      responses.add(
          switch (result) {
            case Result.Applied applied -> {
              String table = applied.statement.table();
              if (ConsumedCapacities.isAsked(request.returnConsumedCapacity())) {
                used.computeIfAbsent(table, _ -> Usage.ofTable(0))
                    .add(
                        Usage.ofWrite(applied.write.table(), applied.write.key(), applied.outcome));
              }
              yield new BatchStatementResponse(
                  null,
                  table,
                  StatementWrites.returned(applied.statement, applied.write, applied.outcome));
            }
            case Result.Ran ran -> {
              failed.merge(ran.statement.table(), ran.units, Double::sum);
              yield StatementErrors.response(ran.error, ran.statement.table());
            }
            case Result.Failed(ApiError error) -> StatementErrors.response(error, null);
            case null -> StatementErrors.response(OperationErrors.internal(), null);
          });
    }
    // As on AWS, a table tells what failed only beside what succeeded.
    used.forEach((table, usage) -> usage.addFailed(failed.getOrDefault(table, 0.0)));
    return new BatchExecuteStatementResponse(
        responses, ConsumedCapacities.ofAll(request.returnConsumedCapacity(), used));
  }
}
