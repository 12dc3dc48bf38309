package dev.partita.engine.operation;

import dev.partita.engine.item.IndexKeys;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.model.Item;
import dev.partita.model.api.ApiException;
import dev.partita.model.expression.Condition;
import org.jspecify.annotations.Nullable;

/** Puts an item in the place of what is there. */
record PutWrite(TableDescriptor table, byte[] key, PutMutation mutation, int queuedBytes)
    implements ItemWrite {

  /** Refuses an item that is too large for any table. */
  static void checkSize(Item item) {
    if (ItemSizeLimit.isExceeded(item.size())) {
      throw ApiException.validation(ItemSizeLimit.PUT_MESSAGE);
    }
  }

  static PutWrite plan(TableDescriptor table, Item item, @Nullable Condition condition) {
    byte[] key = key(table, item);
    // Encoded here, not on the group's one writer.
    int encodedBytes = item.encoded().length;
    return new PutWrite(
        table, key, new PutMutation(condition, item, item.size()), key.length + encodedBytes);
  }

  /** The storage key; throws ApiException if the item does not fit the table. */
  static byte[] key(TableDescriptor table, Item item) {
    byte[] key = ItemKeys.ofItem(table, item);
    IndexKeys.check(table, item);
    return key;
  }

  @Override
  public Item keyOrItem() {
    return mutation.item();
  }
}
