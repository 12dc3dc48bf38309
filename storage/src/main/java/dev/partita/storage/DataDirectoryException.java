package dev.partita.storage;

import org.jspecify.annotations.Nullable;

/**
 * A data directory cannot be used: in use, of a newer format, not one of Partita's, or not
 * writable. The message is one line for the operator and names the directory.
 */
public final class DataDirectoryException extends StorageException {
  private static final long serialVersionUID = 1L;

  public DataDirectoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
