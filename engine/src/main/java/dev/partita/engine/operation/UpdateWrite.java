package dev.partita.engine.operation;

import dev.partita.engine.item.IndexKeys;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.StoredItem;
import dev.partita.model.Item;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ReturnValue;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.ExpressionException;
import dev.partita.model.expression.Update;
import dev.partita.model.expression.UpdateResult;
import org.jspecify.annotations.Nullable;

/** Changes attributes of an item. */
final class UpdateWrite implements ItemWrite {
  private static final int EXPRESSION_BYTES_EXPECTED = 256;

  private final TableDescriptor table;
  private final Bound bound;
  private final byte[] key;

  /** Of the last evaluation; both it and the answer run on the group's writer. */
  private @Nullable UpdateResult result;

  private UpdateWrite(TableDescriptor table, Bound bound, byte[] key) {
    this.table = table;
    this.bound = bound;
    this.key = key;
  }

  /**
   * An update whatever the table.
   *
   * @param valueBytes about how much memory its values take
   */
  record Bound(Item key, Update update, @Nullable Condition condition, int valueBytes) {}

  static UpdateWrite plan(TableDescriptor table, Bound bound) {
    byte[] key = ItemKeys.ofKey(table, bound.key);
    RequestExpressions.check(() -> bound.update.checkKeys(table.keySchema()));
    IndexKeys.checkPaths(table, bound.update);
    return new UpdateWrite(table, bound, key);
  }

  @Override
  public TableDescriptor table() {
    return table;
  }

  @Override
  public byte[] key() {
    return key;
  }

  @Override
  public Item keyOrItem() {
    return bound.key;
  }

  @Override
  public int queuedBytes() {
    return key.length + EXPRESSION_BYTES_EXPECTED + bound.valueBytes;
  }

  @Override
  public ItemEffect evaluate(@Nullable StoredItem current) {
    Item old = ItemWriter.itemOf(current);
    if (!RequestExpressions.holds(bound.condition, current)) {
      return new ItemEffect.ConditionFailed();
    }
    if (old == null && !bound.update.createsItem()) {
      return new ItemEffect.Keep();
    }
    UpdateResult applied;
    try {
      applied = bound.update.apply(old, bound.key);
    } catch (ExpressionException wrong) {
      return new ItemEffect.Refused(ApiError.validation(RequestExpressions.messageOf(wrong)));
    }
    int size = applied.newItem().size();
    if (ItemSizeLimit.isExceeded(size)) {
      return new ItemEffect.Refused(ApiError.validation(ItemSizeLimit.UPDATE_MESSAGE));
    }
    String problem = IndexKeys.problem(table, applied.newItem());
    if (problem != null) {
      return new ItemEffect.Refused(ApiError.validation(problem));
    }
    result = applied;
    return new ItemEffect.Put(applied.newItem(), size);
  }

  /** What the client gets of the item that was {@code applied}. */
  @Nullable Item returned(ReturnValue asked, Outcome.Applied applied) {
    return switch (asked) {
      case NONE -> null;
      case ALL_OLD -> ItemWriter.itemOf(applied.before());
      case ALL_NEW -> ItemWriter.itemOf(applied.after());
      case UPDATED_OLD -> result == null ? null : result.updatedOld();
      case UPDATED_NEW -> result == null ? null : result.updatedNew();
    };
  }
}
