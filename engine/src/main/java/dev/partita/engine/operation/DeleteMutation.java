package dev.partita.engine.operation;

import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.engine.partition.StoredItem;
import dev.partita.model.expression.Condition;
import org.jspecify.annotations.Nullable;

/** Deletes an item, if the condition holds. */
record DeleteMutation(@Nullable Condition condition) implements ItemMutation {
  @Override
  public ItemEffect evaluate(@Nullable StoredItem current) {
    return RequestExpressions.holds(condition, current)
        ? new ItemEffect.Delete()
        : new ItemEffect.ConditionFailed();
  }
}
