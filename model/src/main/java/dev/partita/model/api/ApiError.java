package dev.partita.model.api;

import dev.partita.model.Item;
import org.jspecify.annotations.Nullable;

/**
 * An error as the client gets it.
 *
 * @param message the text, worded as AWS words it where that is known
 * @param item the item that failed a condition, if the request asked for it
 */
public record ApiError(ErrorType type, String message, @Nullable Item item) {

  /** An error that carries no item. */
  public ApiError(ErrorType type, String message) {
    this(type, message, null);
  }

  /** A ValidationException. */
  public static ApiError validation(String message) {
    return new ApiError(ErrorType.VALIDATION, message);
  }
}
