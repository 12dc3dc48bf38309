package dev.partita.engine.stream;

import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ErrorType;

/**
 * Errors of the streams operations.
 *
 * <p>Source: AWS's API reference of DynamoDB Streams, and answers of AWS as people report them.
 */
final class StreamErrors {
  private StreamErrors() {}

  static ApiException invalidStreamArn() {
    return ApiException.validation("Invalid StreamArn");
  }

  static ApiException streamNotFound(String arn) {
    return error(
        ErrorType.RESOURCE_NOT_FOUND,
        "Requested resource not found: Stream: " + arn + " not found");
  }

  static ApiException shardNotFound() {
    return error(
        ErrorType.RESOURCE_NOT_FOUND, "Requested resource not found: Shard does not exist");
  }

  static ApiException trimmed() {
    return error(
        ErrorType.TRIMMED_DATA_ACCESS,
        "The operation attempted to read past the oldest stream record in a shard.");
  }

  static ApiException expiredIterator() {
    return error(ErrorType.EXPIRED_ITERATOR, "Shard iterator has expired");
  }

  static ApiException invalidIterator() {
    return ApiException.validation("Invalid ShardIterator");
  }

  static ApiException invalidSequenceNumber() {
    return ApiException.validation("Invalid SequenceNumber");
  }

  private static ApiException error(ErrorType type, String message) {
    return new ApiException(new ApiError(type, message));
  }
}
