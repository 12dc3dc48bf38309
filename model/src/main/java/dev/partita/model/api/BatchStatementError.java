package dev.partita.model.api;

import dev.partita.model.Item;
import org.jspecify.annotations.Nullable;

/** Why one statement of a batch failed. */
public record BatchStatementError(
    BatchStatementErrorCode code, String message, @Nullable Item item) {

  /** An error that carries no item. */
  public BatchStatementError(BatchStatementErrorCode code, String message) {
    this(code, message, null);
  }
}
