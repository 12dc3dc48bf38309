package dev.partita.storage;

/** The file system is full. Reads go on; the store takes no write until it is opened again. */
public final class NoSpaceException extends StorageException {
  private static final long serialVersionUID = 1L;

  public NoSpaceException(String message, Throwable cause) {
    super(message, cause);
  }
}
