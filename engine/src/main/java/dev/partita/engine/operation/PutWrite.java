package dev.partita.engine.operation;

import dev.partita.engine.item.IndexKeys;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.StoredItem;
import dev.partita.model.Item;
import dev.partita.model.api.ApiException;
import dev.partita.model.expression.Condition;
import org.jspecify.annotations.Nullable;

/** Puts an item in the place of what is there. */
record PutWrite(
    TableDescriptor table, Item item, @Nullable Condition condition, byte[] key, int queuedBytes)
    implements ItemWrite {

  /** Plans it for any table; refuses items that are too large for all of them. */
  static ItemWriter.Planner<PutWrite> planner(Item item, @Nullable Condition condition) {
    if (ItemSizeLimit.isExceeded(item.size())) {
      throw ApiException.validation(ItemSizeLimit.PUT_MESSAGE);
    }
    // Encoded here, not on the group's one writer.
    int encodedBytes = item.encoded().length;
    return table -> plan(table, item, condition, encodedBytes);
  }

  private static PutWrite plan(
      TableDescriptor table, Item item, @Nullable Condition condition, int encodedBytes) {
    byte[] key = ItemKeys.ofItem(table, item);
    IndexKeys.check(table, item);
    return new PutWrite(table, item, condition, key, key.length + encodedBytes);
  }

  @Override
  public Item keyOrItem() {
    return item;
  }

  @Override
  public ItemEffect evaluate(@Nullable StoredItem current) {
    return RequestExpressions.holds(condition, current)
        ? new ItemEffect.Put(item, item.size())
        : new ItemEffect.ConditionFailed();
  }
}
