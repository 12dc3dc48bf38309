package dev.partita.engine.operation;

import dev.partita.model.api.ApiError;
import dev.partita.model.api.BatchStatementError;
import dev.partita.model.api.BatchStatementErrorCode;
import dev.partita.model.api.BatchStatementResponse;
import dev.partita.model.api.ErrorType;
import org.jspecify.annotations.Nullable;

/** Errors as the answers of single statements of a batch. */
final class StatementErrors {
  private StatementErrors() {}

  /**
   * The answer to a statement that failed.
   *
   * @param table as AWS does, of statements that ran only
   */
  static BatchStatementResponse response(ApiError error, @Nullable String table) {
    return new BatchStatementResponse(
        new BatchStatementError(code(error.type()), error.message()), table, null);
  }

  private static BatchStatementErrorCode code(ErrorType type) {
    return switch (type) {
      case VALIDATION -> BatchStatementErrorCode.VALIDATION_ERROR;
      case CONDITIONAL_CHECK_FAILED -> BatchStatementErrorCode.CONDITIONAL_CHECK_FAILED;
      case DUPLICATE_ITEM -> BatchStatementErrorCode.DUPLICATE_ITEM;
      case RESOURCE_NOT_FOUND, TABLE_NOT_FOUND -> BatchStatementErrorCode.RESOURCE_NOT_FOUND;
      case ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED ->
          BatchStatementErrorCode.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED;
      case TRANSACTION_CONFLICT -> BatchStatementErrorCode.TRANSACTION_CONFLICT;
      case PROVISIONED_THROUGHPUT_EXCEEDED ->
          BatchStatementErrorCode.PROVISIONED_THROUGHPUT_EXCEEDED;
      case REQUEST_LIMIT_EXCEEDED -> BatchStatementErrorCode.REQUEST_LIMIT_EXCEEDED;
      case THROTTLING, SERVICE_UNAVAILABLE -> BatchStatementErrorCode.THROTTLING_ERROR;
      case ACCESS_DENIED -> BatchStatementErrorCode.ACCESS_DENIED;
      case EXPIRED_ITERATOR,
          IDEMPOTENT_PARAMETER_MISMATCH,
          INTERNAL_SERVER_ERROR,
          LIMIT_EXCEEDED,
          RESOURCE_IN_USE,
          REQUEST_TOO_LARGE,
          SERIALIZATION,
          TRANSACTION_CANCELED,
          TRANSACTION_IN_PROGRESS,
          TRIMMED_DATA_ACCESS,
          UNKNOWN_OPERATION ->
          BatchStatementErrorCode.INTERNAL_SERVER_ERROR;
    };
  }
}
