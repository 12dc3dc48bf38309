package dev.partita.engine.operation;

import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.StoredItem;
import dev.partita.model.Item;
import dev.partita.model.expression.Condition;
import org.jspecify.annotations.Nullable;

/** Deletes an item, if there is one. */
record DeleteWrite(TableDescriptor table, Item keyOrItem, @Nullable Condition condition, byte[] key)
    implements ItemWrite {

  static DeleteWrite plan(TableDescriptor table, Item key, @Nullable Condition condition) {
    return new DeleteWrite(table, key, condition, ItemKeys.ofKey(table, key));
  }

  @Override
  public int queuedBytes() {
    return key.length;
  }

  @Override
  public ItemEffect evaluate(@Nullable StoredItem current) {
    return RequestExpressions.holds(condition, current)
        ? new ItemEffect.Delete()
        : new ItemEffect.ConditionFailed();
  }
}
