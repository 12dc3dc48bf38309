package dev.partita.engine.operation;

import dev.partita.engine.item.IndexKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.engine.partition.StoredItem;
import dev.partita.model.Item;
import dev.partita.model.api.ApiError;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.ExpressionException;
import dev.partita.model.expression.Update;
import dev.partita.model.expression.UpdateResult;
import org.jspecify.annotations.Nullable;

/** Updates an item, or makes it, if the condition holds. */
final class UpdateMutation implements ItemMutation {
  private final TableDescriptor table;
  private final @Nullable Condition condition;
  private final Update update;
  private final Item key;

  /** Of the last evaluation; both it and the answer run on the group's writer. */
  private @Nullable UpdateResult result;

  UpdateMutation(TableDescriptor table, @Nullable Condition condition, Update update, Item key) {
    this.table = table;
    this.condition = condition;
    this.update = update;
    this.key = key;
  }

  @Override
  public ItemEffect evaluate(@Nullable StoredItem current) {
    if (!RequestExpressions.holds(condition, current)) {
      return new ItemEffect.ConditionFailed();
    }
    Item old = ItemWriter.itemOf(current);
    if (old == null && !update.createsItem()) {
      return new ItemEffect.Keep();
    }
    UpdateResult applied;
    try {
      applied = update.apply(old, key);
    } catch (ExpressionException wrong) {
      return new ItemEffect.Refused(ApiError.validation(RequestExpressions.messageOf(wrong)));
    }
    int size = applied.newItem().size();
    if (ItemSizeLimit.isExceeded(size)) {
      return new ItemEffect.Refused(ApiError.validation(ItemSizeLimit.UPDATE_MESSAGE));
    }
    String problem = IndexKeys.updateProblem(table, old == null ? key : old, applied.newItem());
    if (problem != null) {
      return new ItemEffect.Refused(ApiError.validation(problem));
    }
    result = applied;
    return new ItemEffect.Put(applied.newItem(), size);
  }

  /** What the last evaluation changed; null if it changed nothing. */
  @Nullable UpdateResult result() {
    return result;
  }
}
