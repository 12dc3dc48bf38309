package dev.partita.protocol.encoding;

import dev.partita.model.Item;
import dev.partita.model.api.ApiError;

/** Errors to JSON. */
public final class ErrorEncoder {
  private static final int CAPACITY_INITIAL = 256;

  private ErrorEncoder() {}

  /** The body of {@code error}; an empty message is left out, as AWS does. */
  public static byte[] encode(ApiError error) {
    JsonWriter json = new JsonWriter(CAPACITY_INITIAL);
    json.startObject().member("__type", error.type().qualifiedName());
    if (!error.message().isEmpty()) {
      json.member(messageName(error), error.message());
    }
    Item item = error.item();
    if (item != null) {
      json.name("Item");
      new ItemWriter(json).write(item);
    }
    return json.endObject().toBytes();
  }

  /** The outer layers of AWS write the member in upper case, DynamoDB itself in lower case. */
  private static String messageName(ApiError error) {
    return switch (error.type()) {
      case SERIALIZATION,
          UNKNOWN_OPERATION,
          ACCESS_DENIED,
          REQUEST_TOO_LARGE,
          IDEMPOTENT_PARAMETER_MISMATCH,
          TRANSACTION_CANCELED,
          TRANSACTION_IN_PROGRESS ->
          "Message";
      case CONDITIONAL_CHECK_FAILED,
          DUPLICATE_ITEM,
          EXPIRED_ITERATOR,
          INTERNAL_SERVER_ERROR,
          ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED,
          LIMIT_EXCEEDED,
          PROVISIONED_THROUGHPUT_EXCEEDED,
          REQUEST_LIMIT_EXCEEDED,
          RESOURCE_IN_USE,
          RESOURCE_NOT_FOUND,
          SERVICE_UNAVAILABLE,
          TABLE_NOT_FOUND,
          THROTTLING,
          TRANSACTION_CONFLICT,
          TRIMMED_DATA_ACCESS,
          VALIDATION ->
          "message";
    };
  }
}
