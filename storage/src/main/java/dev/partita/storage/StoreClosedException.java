package dev.partita.storage;

/** The store was closed before or while it was asked. */
public final class StoreClosedException extends StorageException {
  private static final long serialVersionUID = 1L;

  public StoreClosedException(String message) {
    super(message, null);
  }
}
