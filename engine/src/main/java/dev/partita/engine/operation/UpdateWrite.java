package dev.partita.engine.operation;

import dev.partita.engine.item.IndexKeys;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.Outcome;
import dev.partita.model.Item;
import dev.partita.model.api.ReturnValue;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Update;
import dev.partita.model.expression.UpdateResult;
import org.jspecify.annotations.Nullable;

/** Changes attributes of an item. */
record UpdateWrite(
    TableDescriptor table, byte[] key, Item keyOrItem, UpdateMutation mutation, int queuedBytes)
    implements ItemWrite {

  /**
   * An update whatever the table.
   *
   * @param expressionBytes the memory that its expressions hold
   */
  record Bound(Item key, Update update, @Nullable Condition condition, int expressionBytes) {}

  static UpdateWrite plan(TableDescriptor table, Bound bound) {
    byte[] key = key(table, bound.key, bound.update);
    return new UpdateWrite(
        table,
        key,
        bound.key,
        new UpdateMutation(table, bound.condition, bound.update, bound.key),
        key.length + bound.expressionBytes);
  }

  /** The storage key; throws ApiException if it or the update does not fit the table. */
  static byte[] key(TableDescriptor table, Item item, Update update) {
    byte[] key = ItemKeys.ofKey(table, item);
    RequestExpressions.check(() -> update.checkKeys(table.keySchema()));
    IndexKeys.checkPaths(table, update);
    return key;
  }

  /** What the client gets of the item that was written; the group's writer calls it. */
  @Nullable Item returned(ReturnValue asked, Outcome.Applied applied) {
    UpdateResult result = mutation.result();
    return switch (asked) {
      case NONE -> null;
      case ALL_OLD -> ItemWriter.itemOf(applied.before());
      case ALL_NEW -> ItemWriter.itemOf(applied.after());
      case UPDATED_OLD -> result == null ? null : result.updatedOld();
      case UPDATED_NEW -> result == null ? null : result.updatedNew();
    };
  }
}
