package dev.partita.model.api;

/** What became of one part of a transaction that was cancelled. */
public enum CancellationReasonCode {
  /** This part was not the cause. */
  NONE("None"),
  CONDITIONAL_CHECK_FAILED("ConditionalCheckFailed"),
  ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED("ItemCollectionSizeLimitExceeded"),
  TRANSACTION_CONFLICT("TransactionConflict"),
  PROVISIONED_THROUGHPUT_EXCEEDED("ProvisionedThroughputExceeded"),
  THROTTLING_ERROR("ThrottlingError"),
  VALIDATION_ERROR("ValidationError"),
  ACCESS_DENIED("AccessDenied"),
  /** A PartiQL INSERT of a key that exists. */
  DUPLICATE_ITEM("DuplicateItem"),
  /** A PartiQL statement about a table that is not there. */
  RESOURCE_NOT_FOUND("ResourceNotFound");

  private final String text;

  CancellationReasonCode(String text) {
    this.text = text;
  }

  /** The code on the wire. */
  public String text() {
    return text;
  }
}
