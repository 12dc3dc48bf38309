package dev.partita.engine.partition;

import dev.partita.base.Bytes;
import dev.partita.storage.Cursor;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Walks the stored sizes of item collections as they were when it was made. */
public final class CollectionCursor implements AutoCloseable {
  private final Cursor cursor;

  CollectionCursor(Cursor cursor) {
    this.cursor = cursor;
  }

  /**
   * An item collection.
   *
   * @param prefix what the keys of its items begin with
   * @param bytes of its items and their rows in local indexes
   */
  public record CollectionSize(Bytes prefix, long bytes) {}

  /** The next collection, or null at the end. */
  public @Nullable CollectionSize next() {
    if (!cursor.isValid()) {
      return null;
    }
    Bytes prefix = Bytes.wrap(GroupKeys.collection(cursor.key()));
    long bytes = ByteBuffer.wrap(cursor.value()).getLong();
    cursor.next();
    return new CollectionSize(prefix, bytes);
  }

  @Override
  public void close() {
    cursor.close();
  }
}
