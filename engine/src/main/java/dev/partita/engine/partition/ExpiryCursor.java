package dev.partita.engine.partition;

import dev.partita.storage.Cursor;
import org.jspecify.annotations.Nullable;

/** Walks the marks of items that expire as they were when it was made. */
public final class ExpiryCursor implements AutoCloseable {
  private final Cursor cursor;

  ExpiryCursor(Cursor cursor) {
    this.cursor = cursor;
  }

  /** The next mark, or null at the end. */
  public @Nullable ExpiringItem next() {
    if (!cursor.isValid()) {
      return null;
    }
    byte[] key = cursor.key();
    cursor.next();
    return new ExpiringItem(GroupKeys.expirySecond(key), GroupKeys.expiringItem(key));
  }

  @Override
  public void close() {
    cursor.close();
  }
}
