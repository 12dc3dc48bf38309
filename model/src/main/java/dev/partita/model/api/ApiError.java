package dev.partita.model.api;

import dev.partita.model.Item;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An error as the client gets it.
 *
 * @param message the text, worded as AWS words it where that is known
 * @param item the item that failed a condition, if the request asked for it
 * @param cancellationReasons one for each part of a transaction that was cancelled; otherwise empty
 * @param throttlingReasons which limits a throttled request ran into; otherwise empty
 */
public record ApiError(
    ErrorType type,
    String message,
    @Nullable Item item,
    List<CancellationReason> cancellationReasons,
    List<ThrottlingReason> throttlingReasons) {

  /** An error that may carry an item. */
  public ApiError(ErrorType type, String message, @Nullable Item item) {
    this(type, message, item, List.of(), List.of());
  }

  /** An error that carries only a text. */
  public ApiError(ErrorType type, String message) {
    this(type, message, null);
  }

  /** A ValidationException. */
  public static ApiError validation(String message) {
    return new ApiError(ErrorType.VALIDATION, message);
  }

  /** A transaction that did not happen, with a reason for each of its parts in order. */
  public static ApiError transactionCanceled(List<CancellationReason> reasons) {
    String codes =
        reasons.stream().map(reason -> reason.code().text()).collect(Collectors.joining(", "));
    return new ApiError(
        ErrorType.TRANSACTION_CANCELED,
        "Transaction cancelled, please refer cancellation reasons for specific reasons ["
            + codes
            + "]",
        null,
        List.copyOf(reasons),
        List.of());
  }

  /** A request that was throttled. */
  public static ApiError throttled(ErrorType type, String message, List<ThrottlingReason> reasons) {
    return new ApiError(type, message, null, List.of(), List.copyOf(reasons));
  }
}
