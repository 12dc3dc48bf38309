package dev.partita.engine.metadata;

/** The metadata group takes no change now, such as on a full disk. */
public final class MetadataUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  MetadataUnavailableException(String reason) {
    super(reason, null, false, false);
  }
}
