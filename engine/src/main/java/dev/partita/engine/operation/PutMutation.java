package dev.partita.engine.operation;

import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.engine.partition.StoredItem;
import dev.partita.model.Item;
import dev.partita.model.expression.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Puts an item in place of what is there, if the condition holds.
 *
 * @param size bytes by AWS's rules
 */
record PutMutation(@Nullable Condition condition, Item item, int size) implements ItemMutation {
  @Override
  public ItemEffect evaluate(@Nullable StoredItem current) {
    return RequestExpressions.holds(condition, current)
        ? new ItemEffect.Put(item, size)
        : new ItemEffect.ConditionFailed();
  }
}
