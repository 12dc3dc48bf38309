package dev.partita.engine.operation;

import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.operation.RequestFaults.Fault;
import dev.partita.engine.operation.RequestFaults.ForcedFault;
import dev.partita.engine.router.RequestRouter;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.CancellationReason;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.ThrottlingReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers requests with the faults that tests ask for, worded as they are when they are real. */
final class ForcedFailures {
  private static final String HOT_KEY_PAGE =
      "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
          + "bp-partition-key-design.html";

  private final RequestFaults faults;
  private final RequestRouter router;
  private final ServerIdentity identity;

  ForcedFailures(RequestFaults faults, RequestRouter router, ServerIdentity identity) {
    this.faults = faults;
    this.router = router;
    this.identity = identity;
  }

  /** The callback to carry a request out with; null if it has been answered. */
  @Nullable ApiCallback admit(ApiRequest request, ApiCallback callback) {
    RequestTarget target = faults.isQuiet() ? null : RequestTarget.of(request);
    if (target == null) {
      return callback;
    }
    ForcedFault forced = faults.before(target);
    if (forced == null) {
      return new Afterwards(target, callback);
    }
    callback.failed(error(forced, target));
    return null;
  }

  /** Answers with an error although the request was carried out, if that is asked for. */
  private final class Afterwards implements ApiCallback {
    private final RequestTarget target;
    private final ApiCallback callback;

    Afterwards(RequestTarget target, ApiCallback callback) {
      this.target = target;
      this.callback = callback;
    }

    @Override
    public void completed(ApiResponse response) {
      if (faults.failsAfterwards(target)) {
        callback.failed(OperationErrors.internal());
      } else {
        callback.completed(response);
      }
    }

    @Override
    public void failed(ApiError error) {
      callback.failed(error);
    }
  }

  private ApiError error(ForcedFault forced, RequestTarget target) {
    ApiError error =
        switch (forced.fault()) {
          case THROTTLE -> throttled(forced.tableName(), target);
          case CONFLICT -> OperationErrors.transactionConflict();
          case ERROR -> OperationErrors.internal();
        };
    return target.kind().isTransaction() && forced.fault() != Fault.ERROR
        ? canceled(forced.tableName(), target, error)
        : error;
  }

  private static ApiError canceled(String tableName, RequestTarget target, ApiError error) {
    CancellationReason reason =
        error.type() == ErrorType.TRANSACTION_CONFLICT
            ? TransactionErrors.conflict()
            : TransactionErrors.reason(error);
    return ApiError.transactionCanceled(
        target.tables().stream()
            .map(table -> table.equals(tableName) ? reason : CancellationReason.none())
            .toList());
  }

  /**
   * On demand a partition is too hot; a table with provisioned throughput has too little of it.
   *
   * <p>Source: AWS, "TransactWriteItems", cancellation reasons; "Throttling diagnosis".
   */
  private ApiError throttled(String tableName, RequestTarget target) {
    TableDescriptor table = router.find(tableName);
    boolean onDemand =
        table == null || table.settings().billingMode() == BillingMode.PAY_PER_REQUEST;
    boolean global =
        table != null
            && target.indexName() != null
            && table.derived().globalIndex(target.indexName()) != null;
    String reason =
        (global ? "Index" : "Table")
            + (target.kind().writes() ? "Write" : "Read")
            + (onDemand ? "KeyRange" : "Provisioned")
            + "ThroughputExceeded";
    String resource =
        global && target.indexName() != null
            ? identity.indexArn(tableName, target.indexName())
            : identity.tableArn(tableName);
    List<ThrottlingReason> reasons = List.of(new ThrottlingReason(reason, resource));
    if (onDemand) {
      return ApiError.throttled(
          ErrorType.THROTTLING,
          "Throughput exceeds the current capacity of your table or index. DynamoDB is"
              + " automatically scaling your table or index so please try again shortly. If"
              + " exceptions persist, check if you have a hot key: "
              + HOT_KEY_PAGE,
          reasons);
    }
    return ApiError.throttled(
        ErrorType.PROVISIONED_THROUGHPUT_EXCEEDED,
        global
            ? "The level of configured provisioned throughput for one or more global secondary"
                + " indexes of the table was exceeded. Consider increasing your provisioning level"
                + " for the under-provisioned global secondary indexes with the UpdateTable API"
            : "The level of configured provisioned throughput for the table was exceeded. Consider"
                + " increasing your provisioning level with the UpdateTable API.",
        reasons);
  }
}
