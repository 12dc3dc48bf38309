package dev.partita.engine.operation;

import dev.partita.model.api.ApiError;
import dev.partita.model.api.CancellationReason;
import dev.partita.model.api.CancellationReasonCode;
import dev.partita.model.api.ErrorType;

/** Errors and reasons of transactions, as AWS words them. */
final class TransactionErrors {
  static final String SEVERAL_ACTIONS_ON_ONE_ITEM =
      "Transaction request cannot include multiple operations on one item";

  private static final String EMPTY_KEY_PREFIX = "One or more parameter values are not valid.";

  private TransactionErrors() {}

  /** A token that stands for another request. */
  static ApiError tokenMismatch() {
    return new ApiError(
        ErrorType.IDEMPOTENT_PARAMETER_MISMATCH,
        "Specified idempotent token was used with different request parameters within the"
            + " idempotency window");
  }

  /** A token whose request is being carried out. */
  static ApiError inProgress() {
    return new ApiError(
        ErrorType.TRANSACTION_IN_PROGRESS,
        "Transaction from previous request is still in progress");
  }

  /** An item that another transaction holds. */
  static CancellationReason conflict() {
    return new CancellationReason(
        CancellationReasonCode.TRANSACTION_CONFLICT, OperationErrors.TRANSACTION_CONFLICT);
  }

  /** An action that does not fit its table or its item. */
  static CancellationReason validation(String message) {
    return new CancellationReason(CancellationReasonCode.VALIDATION_ERROR, message);
  }

  /**
   * Whether an error of one action fails the transaction as a whole, without reasons: an empty key
   * of the table or of an index, and a defect.
   */
  static boolean failsAll(ApiError error) {
    return error.type() == ErrorType.INTERNAL_SERVER_ERROR
        || error.message().startsWith(EMPTY_KEY_PREFIX);
  }

  /** The reason that an error of a single item becomes in a transaction. */
  static CancellationReason reason(ApiError error) {
    ErrorType type = error.type();
    if (type == ErrorType.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED) {
      return new CancellationReason(
          CancellationReasonCode.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED, "Collection size exceeded.");
    }
    if (type == ErrorType.PROVISIONED_THROUGHPUT_EXCEEDED) {
      return new CancellationReason(
          CancellationReasonCode.PROVISIONED_THROUGHPUT_EXCEEDED, error.message());
    }
    if (type == ErrorType.THROTTLING) {
      return new CancellationReason(CancellationReasonCode.THROTTLING_ERROR, error.message());
    }
    return validation(error.message());
  }
}
