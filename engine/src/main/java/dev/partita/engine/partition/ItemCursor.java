package dev.partita.engine.partition;

import dev.partita.storage.Cursor;
import org.jspecify.annotations.Nullable;

/** Walks the items of a key range as they were when it was made. */
public final class ItemCursor implements AutoCloseable {
  private static final byte[] NO_KEY = {};

  private final Cursor cursor;
  private byte[] key = NO_KEY;

  ItemCursor(Cursor cursor) {
    this.cursor = cursor;
  }

  /** The next item, or null at the end. */
  public @Nullable StoredItem next() {
    while (cursor.isValid()) {
      key = cursor.key();
      StoredItem item = StoredItem.read(key, cursor.value());
      cursor.next();
      if (item != null) {
        return item;
      }
    }
    return null;
  }

  /** Steps over the value whose damage made {@link #next} throw. */
  public void skipDamaged() {
    cursor.next();
  }

  /** The storage key of the item that {@link #next} returned last, or that made it throw. */
  public byte[] key() {
    return key;
  }

  @Override
  public void close() {
    cursor.close();
  }
}
