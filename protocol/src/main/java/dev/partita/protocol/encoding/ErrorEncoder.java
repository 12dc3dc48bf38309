package dev.partita.protocol.encoding;

import dev.partita.model.Item;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.CancellationReason;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.ThrottlingReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Errors to JSON. */
public final class ErrorEncoder {
  private static final int CAPACITY_INITIAL = 256;

  private ErrorEncoder() {}

  /** The body of {@code error}; an empty message is left out, as AWS does. */
  public static byte[] encode(ApiError error) {
    JsonWriter json = new JsonWriter(CAPACITY_INITIAL);
    ItemWriter items = new ItemWriter(json);
    json.startObject().member("__type", error.type().qualifiedName());
    cancellationReasons(json, items, error.cancellationReasons());
    if (!error.message().isEmpty()) {
      json.member(messageName(error), error.message());
    }
    item(json, items, error.item());
    throttlingReasons(json, error);
    return json.endObject().toBytes();
  }

  private static void cancellationReasons(
      JsonWriter json, ItemWriter items, List<CancellationReason> reasons) {
    if (!reasons.isEmpty()) {
      json.name("CancellationReasons").startArray();
      for (CancellationReason reason : reasons) {
        json.startObject().member("Code", reason.code().text());
        item(json, items, reason.item());
        json.member("Message", reason.message()).endObject();
      }
      json.endArray();
    }
  }

  private static void item(JsonWriter json, ItemWriter items, @Nullable Item item) {
    if (item != null) {
      json.name("Item");
      items.write(item);
    }
  }

  /** Of all errors that have reasons, only ThrottlingException writes them in lower case. */
  private static void throttlingReasons(JsonWriter json, ApiError error) {
    if (!error.throttlingReasons().isEmpty()) {
      json.name(error.type() == ErrorType.THROTTLING ? "throttlingReasons" : "ThrottlingReasons");
      json.startArray();
      for (ThrottlingReason reason : error.throttlingReasons()) {
        json.startObject().member("reason", reason.reason());
        json.member("resource", reason.resource()).endObject();
      }
      json.endArray();
    }
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
