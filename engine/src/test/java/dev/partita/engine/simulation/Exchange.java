package dev.partita.engine.simulation;

import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.ErrorType;
import org.jspecify.annotations.Nullable;

/** A request of a client and what it makes of the answer. One of the methods is called, once. */
interface Exchange {
  ApiRequest request();

  /** It succeeded; {@code start} and {@code end} are places in the order of all events. */
  void completed(ApiResponse response, long start, long end);

  /** It failed, and certainly did nothing, now or later. */
  void refused(ApiError error, long start, long end);

  /** Nobody knows what became of it: an answer that says so, or none. */
  void unknown(long start);

  /** What the same client sends next; null if it may choose anything. */
  default @Nullable Exchange then() {
    return null;
  }

  /** Whether an error leaves open whether the request was carried out. */
  static boolean isUnknown(ApiError error) {
    return error.type() == ErrorType.INTERNAL_SERVER_ERROR;
  }

  /** Whether an error tells of nothing but bad luck: the same request may succeed later. */
  static boolean isTransient(ApiError error) {
    return switch (error.type()) {
      case SERVICE_UNAVAILABLE,
          THROTTLING,
          PROVISIONED_THROUGHPUT_EXCEEDED,
          REQUEST_LIMIT_EXCEEDED,
          TRANSACTION_CONFLICT,
          TRANSACTION_IN_PROGRESS ->
          true;
      case ACCESS_DENIED,
          CONDITIONAL_CHECK_FAILED,
          DUPLICATE_ITEM,
          EXPIRED_ITERATOR,
          IDEMPOTENT_PARAMETER_MISMATCH,
          INTERNAL_SERVER_ERROR,
          ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED,
          LIMIT_EXCEEDED,
          RESOURCE_IN_USE,
          RESOURCE_NOT_FOUND,
          REQUEST_TOO_LARGE,
          SERIALIZATION,
          TABLE_NOT_FOUND,
          TRANSACTION_CANCELED,
          TRIMMED_DATA_ACCESS,
          UNKNOWN_OPERATION,
          VALIDATION ->
          false;
    };
  }
}
