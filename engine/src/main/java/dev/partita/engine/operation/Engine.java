package dev.partita.engine.operation;

import dev.partita.base.Clock;
import dev.partita.engine.metadata.ControlPlane;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.router.RequestRouter;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.engine.stream.Streams;
import dev.partita.engine.transaction.TransactionCoordinator;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.BatchExecuteStatementRequest;
import dev.partita.model.api.BatchGetItemRequest;
import dev.partita.model.api.BatchWriteItemRequest;
import dev.partita.model.api.CreateTableRequest;
import dev.partita.model.api.Database;
import dev.partita.model.api.DeleteItemRequest;
import dev.partita.model.api.DeleteTableRequest;
import dev.partita.model.api.DescribeContinuousBackupsRequest;
import dev.partita.model.api.DescribeEndpointsRequest;
import dev.partita.model.api.DescribeLimitsRequest;
import dev.partita.model.api.DescribeStreamRequest;
import dev.partita.model.api.DescribeTableRequest;
import dev.partita.model.api.DescribeTimeToLiveRequest;
import dev.partita.model.api.ExecuteStatementRequest;
import dev.partita.model.api.ExecuteTransactionRequest;
import dev.partita.model.api.GetItemRequest;
import dev.partita.model.api.GetRecordsRequest;
import dev.partita.model.api.GetShardIteratorRequest;
import dev.partita.model.api.ListStreamsRequest;
import dev.partita.model.api.ListTablesRequest;
import dev.partita.model.api.ListTagsOfResourceRequest;
import dev.partita.model.api.PutItemRequest;
import dev.partita.model.api.QueryRequest;
import dev.partita.model.api.ScanRequest;
import dev.partita.model.api.TagResourceRequest;
import dev.partita.model.api.TransactGetItemsRequest;
import dev.partita.model.api.TransactWriteItemsRequest;
import dev.partita.model.api.UntagResourceRequest;
import dev.partita.model.api.UpdateItemRequest;
import dev.partita.model.api.UpdateTableRequest;
import dev.partita.model.api.UpdateTimeToLiveRequest;
import dev.partita.model.expression.ExpressionCompiler;
import dev.partita.model.partiql.StatementCompiler;
import dev.partita.replication.FatalErrorHandler;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The database: hands each request to its operation. */
public final class Engine implements Database {
  private static final int EXPRESSION_TEXTS_MAX = 10_000;

  /** What tests let fail; null unless there are test controls. */
  private final @Nullable ForcedFailures failures;

  private final ReadRunner reads;
  private final PutItem putItem;
  private final GetItem getItem;
  private final UpdateItem updateItem;
  private final DeleteItem deleteItem;
  private final Query query;
  private final Scan scan;
  private final BatchGetItem batchGetItem;
  private final BatchWriteItem batchWriteItem;
  private final TransactWriteItems transactWriteItems;
  private final TransactGetItems transactGetItems;
  private final ExecuteStatement executeStatement;
  private final BatchExecuteStatement batchExecuteStatement;
  private final ExecuteTransaction executeTransaction;
  private final TableOperations tables;
  private final ResourceOperations resources;
  private final TimeToLiveOperations timeToLive;
  private final Streams streams;

  /**
   * Wires the operations.
   *
   * @param endpoint host and port that DescribeEndpoints tells
   * @param faults what tests let fail; null if there are none
   */
  public Engine(
      TableCatalog catalog,
      RequestRouter router,
      ControlPlane controlPlane,
      TransactionCoordinator transactions,
      Streams streams,
      ServerIdentity identity,
      Supplier<String> endpoint,
      Clock clock,
      FatalErrorHandler fatalErrorHandler,
      @Nullable RequestFaults faults) {
    failures = faults == null ? null : new ForcedFailures(faults, router, identity);
    RequestExpressions expressions =
        new RequestExpressions(new ExpressionCompiler(EXPRESSION_TEXTS_MAX));
    ItemWriter writer = new ItemWriter(router, identity);
    PageReader pages = new PageReader(router);
    reads = new ReadRunner(router.readPool(), fatalErrorHandler);
    OneItemReader oneItem = new OneItemReader(router, reads);
    putItem = new PutItem(expressions, writer);
    getItem = new GetItem(expressions, router, oneItem);
    updateItem = new UpdateItem(expressions, writer);
    deleteItem = new DeleteItem(expressions, writer);
    query = new Query(expressions, router, reads, pages);
    scan = new Scan(expressions, router, reads, pages);
    batchGetItem = new BatchGetItem(expressions, router, reads);
    batchWriteItem = new BatchWriteItem(router, identity);
    transactWriteItems = new TransactWriteItems(expressions, router, identity, transactions);
    transactGetItems = new TransactGetItems(expressions, router, reads);
    RequestStatements statements =
        new RequestStatements(new StatementCompiler(EXPRESSION_TEXTS_MAX));
    executeStatement = new ExecuteStatement(statements, router, writer, reads, oneItem, pages);
    batchExecuteStatement = new BatchExecuteStatement(statements, router, writer, reads);
    executeTransaction =
        new ExecuteTransaction(statements, router, transactWriteItems, transactGetItems);
    tables =
        new TableOperations(
            catalog,
            router,
            controlPlane,
            new TableDescriptions(router, identity),
            new TableSettingsRules(identity),
            clock);
    resources = new ResourceOperations(router, controlPlane, endpoint);
    timeToLive = new TimeToLiveOperations(router, controlPlane, clock);
    this.streams = streams;
  }

  @Override
  public void execute(ApiRequest request, ApiCallback callback) {
    ApiCallback admitted = failures == null ? callback : failures.admit(request, callback);
    if (admitted != null) {
      reads.guard(admitted, () -> dispatch(request, admitted));
    }
  }

  private void dispatch(ApiRequest request, ApiCallback callback) {
    switch (request) {
      case PutItemRequest put -> putItem.execute(put, callback);
      case GetItemRequest get -> getItem.execute(get, callback);
      case UpdateItemRequest update -> updateItem.execute(update, callback);
      case DeleteItemRequest delete -> deleteItem.execute(delete, callback);
      case QueryRequest asked -> query.execute(asked, callback);
      case ScanRequest asked -> scan.execute(asked, callback);
      case BatchGetItemRequest batch -> batchGetItem.execute(batch, callback);
      case BatchWriteItemRequest batch -> batchWriteItem.execute(batch, callback);
      case CreateTableRequest create -> tables.create(create, callback);
      case DescribeTableRequest describe -> tables.describe(describe, callback);
      case UpdateTableRequest update -> tables.update(update, callback);
      case DeleteTableRequest delete -> tables.delete(delete, callback);
      case ListTablesRequest list -> tables.list(list, callback);
      case TagResourceRequest tag -> resources.tag(tag, callback);
      case UntagResourceRequest untag -> resources.untag(untag, callback);
      case ListTagsOfResourceRequest list -> resources.listTags(list, callback);
      case DescribeLimitsRequest _ -> resources.describeLimits(callback);
      case DescribeEndpointsRequest _ -> resources.describeEndpoints(callback);
      case UpdateTimeToLiveRequest update -> timeToLive.update(update, callback);
      case DescribeTimeToLiveRequest describe -> timeToLive.describe(describe, callback);
      case DescribeContinuousBackupsRequest describe ->
          resources.describeContinuousBackups(describe, callback);
      case TransactWriteItemsRequest writes -> transactWriteItems.execute(writes, callback);
      case TransactGetItemsRequest gets -> transactGetItems.execute(gets, callback);
      case ExecuteStatementRequest asked -> executeStatement.execute(asked, callback);
      case BatchExecuteStatementRequest batch -> batchExecuteStatement.execute(batch, callback);
      case ExecuteTransactionRequest transaction ->
          executeTransaction.execute(transaction, callback);
      case ListStreamsRequest list -> callback.completed(streams.list(list));
      case DescribeStreamRequest describe -> callback.completed(streams.describe(describe));
      case GetShardIteratorRequest asked -> callback.completed(streams.iterator(asked));
      case GetRecordsRequest asked -> reads.run(callback, () -> streams.records(asked));
    }
  }
}
