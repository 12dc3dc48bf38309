package dev.partita.engine.operation;

import dev.partita.base.Bytes;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.operation.ConsumedCapacities.Usage;
import dev.partita.engine.operation.StatementRead.Part;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.CapacityUnits;
import dev.partita.model.Item;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.ExecuteStatementRequest;
import dev.partita.model.api.ExecuteStatementResponse;
import dev.partita.model.partiql.BoundStatement;
import dev.partita.storage.format.KeyRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ExecuteStatement. */
final class ExecuteStatement {
  private final RequestStatements statements;
  private final RequestRouter router;
  private final ItemWriter writer;
  private final ReadRunner reads;
  private final OneItemReader oneItem;
  private final PageReader pages;

  ExecuteStatement(
      RequestStatements statements,
      RequestRouter router,
      ItemWriter writer,
      ReadRunner reads,
      OneItemReader oneItem,
      PageReader pages) {
    this.statements = statements;
    this.router = router;
    this.writer = writer;
    this.reads = reads;
    this.oneItem = oneItem;
    this.pages = pages;
  }

  void execute(ExecuteStatementRequest request, ApiCallback callback) {
    BoundStatement statement =
        RequestExpressions.checked(() ->
            statements.bind(
                request.statement(), RequestStatements.parameters(request.parameters())));
    StatementPosition start = StatementPosition.of(request);
    switch (statement) {
      case BoundStatement.Select select -> read(request, select, start, callback);
      case BoundStatement.Write write -> write(request, write, callback);
      case BoundStatement.Exists _ -> throw existsOutsideTransaction();
    }
  }

  /** EXISTS is a condition of what else a transaction writes. */
  static ApiException existsOutsideTransaction() {
    return ApiException.validation("EXISTS can only be used in ExecuteTransaction write requests.");
  }

  private void read(
      ExecuteStatementRequest request,
      BoundStatement.Select select,
      StatementPosition start,
      ApiCallback callback) {
    TableDescriptor table = ItemWriter.servingTable(router, select.table());
    StatementRead read =
        StatementReadPlanner.plan(table, select, Boolean.TRUE.equals(request.consistentRead()));
    Part first = read.parts().getFirst();
    if (read.parts().size() == 1 && read.isOneItem(first) && request.nextToken() == null) {
      byte[] key = first.range().start().array();
      oneItem.read(table, key, read.consistent(), found -> answer(request, read, found), callback);
    } else {
      new Page(request, read, start).run(callback);
    }
  }

  /** The one item that a statement reads, if it is there and satisfies the rest of the clause. */
  private static ExecuteStatementResponse answer(
      ExecuteStatementRequest request, StatementRead read, @Nullable StoredItem found) {
    Part part = read.parts().getFirst();
    boolean matches =
        found != null && (part.filter() == null || part.filter().matches(found.item()));
    double units = CapacityUnits.read(ItemWriter.sizeOf(found), read.consistent());
    return new ExecuteStatementResponse(
        found != null && matches ? List.of(read.projection().project(found.item())) : List.of(),
        null,
        ConsumedCapacities.of(
            request.returnConsumedCapacity(), read.source().table().name(), units),
        null);
  }

  /** One page over the parts of a read. */
  private final class Page {
    private final ExecuteStatementRequest request;
    private final StatementRead read;
    private final StatementPosition start;
    private final PageLimit limit;
    private final List<Item> items = new ArrayList<>();
    private final Usage usage = Usage.ofTable(0);

    Page(ExecuteStatementRequest request, StatementRead read, StatementPosition start) {
      this.request = request;
      this.read = read;
      this.start = start;
      this.limit = new PageLimit(request.limit());
    }

    void run(ApiCallback callback) {
      KeyRange left = start.left(read);
      PageReader.Plan first = read.plan(read.parts().get(start.part()), left);
      reads.run(callback, () -> read(first));
    }

    private ApiResponse read(PageReader.Plan first) {
      PageReader.Plan plan = first;
      for (int number = start.part(); number < read.parts().size(); number++) {
        Part part = read.parts().get(number);
        if (number > start.part()) {
          plan = read.plan(part, part.range());
        }
        PageReader.Page page = pages.read(plan, limit);
        if (page.items() != null) {
          items.addAll(page.items());
        }
        usage.add(Usage.ofPage(read.source(), page));
        Item last = page.lastEvaluatedKey();
        if (last != null) {
          return answer(next(number, last), last);
        }
      }
      return answer(null, null);
    }

    /** Where the next page begins; null if there is nothing more. */
    private @Nullable StatementPosition next(int number, Item last) {
      if (!read.isOneItem(read.parts().get(number))) {
        return new StatementPosition(number, Bytes.wrap(read.source().position(last)));
      }
      return number + 1 < read.parts().size() ? StatementPosition.before(number + 1) : null;
    }

    private ExecuteStatementResponse answer(@Nullable StatementPosition next, @Nullable Item last) {
      return new ExecuteStatementResponse(
          items,
          next == null ? null : next.token(request),
          ConsumedCapacities.of(
              request.returnConsumedCapacity(), read.source().table().name(), usage),
          next == null ? null : last);
    }
  }

  private void write(
      ExecuteStatementRequest request, BoundStatement.Write statement, ApiCallback callback) {
    int expressionBytes =
        RequestStatements.expressionBytes(request.statement(), request.parameters());
    writer.write(
        statement.table(),
        table -> StatementWrites.plan(table, statement, expressionBytes),
        new ItemWriter.Listener<ItemWrite>() {
          @Override
          public void applied(ItemWrite write, Outcome.Applied applied) {
            Item returned = StatementWrites.returned(statement, write, applied);
            callback.completed(
                new ExecuteStatementResponse(
                    returned == null ? List.of() : List.of(returned),
                    null,
                    ConsumedCapacities.ofWrite(
                        request.returnConsumedCapacity(), statement.table(), write, applied),
                    null));
          }

          @Override
          public void conditionFailed(ItemWrite write, Outcome.ConditionFailed failed) {
            callback.failed(
                StatementWrites.conditionFailed(
                    statement, failed, request.returnValuesOnConditionCheckFailure()));
          }

          @Override
          public void refused(ItemWrite write, Outcome.Refused refused) {
            callback.failed(refused.error());
          }

          @Override
          public void failed(ApiError error) {
            callback.failed(error);
          }
        });
  }
}
