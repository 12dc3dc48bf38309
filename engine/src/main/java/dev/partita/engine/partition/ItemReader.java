package dev.partita.engine.partition;

import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Direction;
import dev.partita.storage.StoreReader;
import dev.partita.storage.format.KeyRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads items and rows of local indexes of a group. May read the disk. Thread-safe. */
public final class ItemReader {
  private final StoreReader store;

  ItemReader(StoreReader store) {
    this.store = store;
  }

  /** The item under a storage key, null if there is none. */
  public @Nullable StoredItem read(byte[] key) {
    return StoredItem.read(key, store.get(ColumnFamily.ITEMS, key));
  }

  /** The items under several storage keys, in their order. */
  public List<@Nullable StoredItem> read(List<byte[]> keys) {
    List<byte @Nullable []> values = store.multiGet(ColumnFamily.ITEMS, keys);
    List<@Nullable StoredItem> items = new ArrayList<>(values.size());
    for (int index = 0; index < keys.size(); index++) {
      items.add(StoredItem.read(keys.get(index), values.get(index)));
    }
    return items;
  }

  /** Walks the items of a range as they are now; close it soon. */
  public ItemCursor cursor(KeyRange range, Direction direction) {
    return cursor(ColumnFamily.ITEMS, range, direction);
  }

  /** Walks the rows of all local indexes in a range as they are now; close it soon. */
  public ItemCursor localIndexCursor(KeyRange range, Direction direction) {
    return cursor(ColumnFamily.LOCAL_INDEX_ROWS, range, direction);
  }

  private ItemCursor cursor(ColumnFamily family, KeyRange range, Direction direction) {
    return new ItemCursor(
        store.cursor(family, range.start().array(), range.end().array(), direction));
  }
}
