package dev.partita.engine.operation;

import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ErrorType;

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
