package dev.partita.engine.operation;

import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.engine.partition.StoredItem;
import dev.partita.model.expression.Condition;
import org.jspecify.annotations.Nullable;

/** Leaves an item as it is and demands that the condition holds. */
record CheckMutation(Condition condition) implements ItemMutation {
  @Override
  public ItemEffect evaluate(@Nullable StoredItem current) {
    return RequestExpressions.holds(condition, current)
        ? new ItemEffect.Keep()
        : new ItemEffect.ConditionFailed();
  }
}
