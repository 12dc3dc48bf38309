package dev.partita.storage;

import org.jspecify.annotations.Nullable;

/**
 * A file does not hold what was written to it. The message is one line for the operator: {@code
 * damaged file NAME at byte N}, followed by what was found.
 */
public final class DamagedFileException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** {@link #position()} when it is not known. */
  public static final long UNKNOWN_POSITION = -1;

  private final String file;
  private final long position;

  /**
   * @param file path of the file, or "unknown"
   * @param position byte offset, or {@link #UNKNOWN_POSITION}
   * @param detail what was found there
   */
  public DamagedFileException(
      String file, long position, String detail, @Nullable Throwable cause) {
    super(
        "damaged file "
            + file
            + (position == UNKNOWN_POSITION ? "" : " at byte " + position)
            + ": "
            + detail,
        cause);
    this.file = file;
    this.position = position;
  }

  public String file() {
    return file;
  }

  public long position() {
    return position;
  }
}
