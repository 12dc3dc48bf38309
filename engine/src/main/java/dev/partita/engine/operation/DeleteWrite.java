package dev.partita.engine.operation;

import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.model.Item;
import dev.partita.model.expression.Condition;
import org.jspecify.annotations.Nullable;

/** Deletes an item, if there is one. */
record DeleteWrite(TableDescriptor table, byte[] key, Item keyOrItem, DeleteMutation mutation)
    implements ItemWrite {

  static DeleteWrite plan(TableDescriptor table, Item key, @Nullable Condition condition) {
    return new DeleteWrite(table, ItemKeys.ofKey(table, key), key, new DeleteMutation(condition));
  }

  @Override
  public int queuedBytes() {
    return key.length;
  }
}
