package dev.partita.engine.operation;

import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.ReturnValuesOnConditionCheckFailure;
import dev.partita.model.api.ThrottlingReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Errors that several operations answer with. */
final class OperationErrors {
  private OperationErrors() {}

  /** Reads and writes of items in a table that is not there. */
  static ApiException resourceNotFound() {
    return new ApiException(
        new ApiError(ErrorType.RESOURCE_NOT_FOUND, "Requested resource not found"));
  }

  /** DescribeTable, UpdateTable and DeleteTable of a table that is not there. */
  static ApiException tableNotFound(String tableName) {
    return new ApiException(
        new ApiError(
            ErrorType.RESOURCE_NOT_FOUND,
            "Requested resource not found: Table: " + tableName + " not found"));
  }

  /**
   * A write to a table whose global indexes are too far behind: AWS throttles it for the index.
   *
   * <p>Source: AWS, "Throttling diagnosis", "Global secondary index back pressure".
   */
  static ApiError indexBacklogFull(TableDescriptor table, ServerIdentity identity) {
    boolean onDemand = table.settings().billingMode() == BillingMode.PAY_PER_REQUEST;
    String reason =
        onDemand
            ? "IndexWriteKeyRangeThroughputExceeded"
            : "IndexWriteProvisionedThroughputExceeded";
    List<ThrottlingReason> reasons =
        table.derived().globalIndexes().stream()
            .map(index ->
                new ThrottlingReason(reason, identity.indexArn(table.name(), index.name())))
            .toList();
    return onDemand
        ? ApiError.throttled(
            ErrorType.THROTTLING,
            "Throughput exceeds the current capacity for one or more global secondary indexes."
                + " DynamoDB is automatically scaling your index so please try again shortly.",
            reasons)
        : ApiError.throttled(
            ErrorType.PROVISIONED_THROUGHPUT_EXCEEDED,
            "The level of configured provisioned throughput for one or more global secondary"
                + " indexes of the table was exceeded. Consider increasing your provisioning level"
                + " for the under-provisioned global secondary indexes with the UpdateTable API",
            reasons);
  }

  /** A write whose condition did not hold; it tells the item if {@code asked}. */
  static ApiError conditionFailed(
      Outcome.ConditionFailed failed, @Nullable ReturnValuesOnConditionCheckFailure asked) {
    return new ApiError(
        ErrorType.CONDITIONAL_CHECK_FAILED,
        "The conditional request failed",
        asked == ReturnValuesOnConditionCheckFailure.ALL_OLD
            ? ItemWriter.itemOf(failed.before())
            : null);
  }

  /** An ExclusiveStartKey that is none of what is read. */
  static ApiException invalidStartKey() {
    return ApiException.validation("The provided starting key is invalid");
  }

  /** What a write is told that meets an item of a transaction. */
  static final String TRANSACTION_CONFLICT = "Transaction is ongoing for the item";

  static ApiError transactionConflict() {
    return new ApiError(ErrorType.TRANSACTION_CONFLICT, TRANSACTION_CONFLICT);
  }

  static ApiError overloaded() {
    return new ApiError(
        ErrorType.SERVICE_UNAVAILABLE, "Too many requests are waiting; send this one again later");
  }

  static ApiError unavailable(String reason) {
    return new ApiError(ErrorType.SERVICE_UNAVAILABLE, "The server takes no writes now: " + reason);
  }

  static ApiError internal() {
    return new ApiError(ErrorType.INTERNAL_SERVER_ERROR, "Internal server error");
  }
}
