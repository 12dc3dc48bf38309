package dev.partita.storage;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The store could not do what was asked: an I/O error, damage, no space, or it is closed. */
public class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** One line; never null. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
