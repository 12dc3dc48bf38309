package dev.partita.model.api;

/** The errors that one statement of a batch can have. */
public enum BatchStatementErrorCode {
  CONDITIONAL_CHECK_FAILED("ConditionalCheckFailed"),
  ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED("ItemCollectionSizeLimitExceeded"),
  REQUEST_LIMIT_EXCEEDED("RequestLimitExceeded"),
  VALIDATION_ERROR("ValidationError"),
  PROVISIONED_THROUGHPUT_EXCEEDED("ProvisionedThroughputExceeded"),
  TRANSACTION_CONFLICT("TransactionConflict"),
  THROTTLING_ERROR("ThrottlingError"),
  INTERNAL_SERVER_ERROR("InternalServerError"),
  RESOURCE_NOT_FOUND("ResourceNotFound"),
  ACCESS_DENIED("AccessDenied"),
  DUPLICATE_ITEM("DuplicateItem");

  private final String text;

  BatchStatementErrorCode(String text) {
    this.text = text;
  }

  /** The code on the wire. */
  public String text() {
    return text;
  }
}
