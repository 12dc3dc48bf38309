package dev.partita.model.api;

/**
 * Every error that a client can get: the namespace and name in {@code __type}, the HTTP status and
 * whether an SDK retries it.
 */
public enum ErrorType {
  ACCESS_DENIED(Namespace.CORAL_SERVICE, "AccessDeniedException", 400, false),
  CONDITIONAL_CHECK_FAILED(Namespace.DYNAMODB, "ConditionalCheckFailedException", 400, false),
  DUPLICATE_ITEM(Namespace.DYNAMODB, "DuplicateItemException", 400, false),
  EXPIRED_ITERATOR(Namespace.DYNAMODB, "ExpiredIteratorException", 400, false),
  IDEMPOTENT_PARAMETER_MISMATCH(
      Namespace.DYNAMODB, "IdempotentParameterMismatchException", 400, false),
  INTERNAL_SERVER_ERROR(Namespace.DYNAMODB, "InternalServerError", 500, true),
  ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED(
      Namespace.DYNAMODB, "ItemCollectionSizeLimitExceededException", 400, false),
  LIMIT_EXCEEDED(Namespace.DYNAMODB, "LimitExceededException", 400, true),
  PROVISIONED_THROUGHPUT_EXCEEDED(
      Namespace.DYNAMODB, "ProvisionedThroughputExceededException", 400, true),
  REQUEST_LIMIT_EXCEEDED(Namespace.DYNAMODB, "RequestLimitExceeded", 400, true),
  RESOURCE_IN_USE(Namespace.DYNAMODB, "ResourceInUseException", 400, false),
  RESOURCE_NOT_FOUND(Namespace.DYNAMODB, "ResourceNotFoundException", 400, false),
  REQUEST_TOO_LARGE(Namespace.CORAL_SERVICE, "RequestEntityTooLargeException", 413, false),
  SERIALIZATION(Namespace.CORAL_SERVICE, "SerializationException", 400, false),
  SERVICE_UNAVAILABLE(Namespace.CORAL_AVAILABILITY, "ServiceUnavailable", 503, true),
  TABLE_NOT_FOUND(Namespace.DYNAMODB, "TableNotFoundException", 400, false),
  THROTTLING(Namespace.CORAL_AVAILABILITY, "ThrottlingException", 400, true),
  TRANSACTION_CANCELED(Namespace.DYNAMODB, "TransactionCanceledException", 400, false),
  TRANSACTION_CONFLICT(Namespace.DYNAMODB, "TransactionConflictException", 400, true),
  TRANSACTION_IN_PROGRESS(Namespace.DYNAMODB, "TransactionInProgressException", 400, true),
  TRIMMED_DATA_ACCESS(Namespace.DYNAMODB, "TrimmedDataAccessException", 400, false),
  UNKNOWN_OPERATION(Namespace.CORAL_SERVICE, "UnknownOperationException", 400, false),
  VALIDATION(Namespace.CORAL_VALIDATE, "ValidationException", 400, false);

  private final String qualifiedName;
  private final int status;
  private final boolean retryable;

  ErrorType(String namespace, String name, int status, boolean retryable) {
    this.qualifiedName = namespace + "#" + name;
    this.status = status;
    this.retryable = retryable;
  }

  /** Namespace and name, as in {@code __type}. */
  public String qualifiedName() {
    return qualifiedName;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Whether the same request may succeed when it is sent again. */
  public boolean retryable() {
    return retryable;
  }

  private static final class Namespace {
    static final String DYNAMODB = "com.amazonaws.dynamodb.v20120810";
    static final String CORAL_SERVICE = "com.amazon.coral.service";
    static final String CORAL_VALIDATE = "com.amazon.coral.validate";
    static final String CORAL_AVAILABILITY = "com.amazon.coral.availability";

    private Namespace() {}
  }
}
