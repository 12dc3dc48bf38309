package dev.partita.engine.partition;

import dev.partita.storage.Cursor;
import org.jspecify.annotations.Nullable;

/** Walks the items of a key range as they were when it was made. */
public final class ItemCursor implements AutoCloseable {
  private final Cursor cursor;

  ItemCursor(Cursor cursor) {
    this.cursor = cursor;
  }

  /** The next item, or null at the end. */
  public @Nullable StoredItem next() {
    while (cursor.isValid()) {
      StoredItem item = StoredItem.read(cursor.key(), cursor.value());
      cursor.next();
      if (item != null) {
        return item;
      }
    }
    return null;
  }

  @Override
  public void close() {
    cursor.close();
  }
}
