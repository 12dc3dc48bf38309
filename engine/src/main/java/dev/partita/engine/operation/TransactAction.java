package dev.partita.engine.operation;

import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.model.Item;
import dev.partita.model.api.CancellationReasonCode;
import dev.partita.model.expression.Condition;
import org.jspecify.annotations.Nullable;

/** What a transaction does to one item, its expressions bound. */
sealed interface TransactAction {

  /** The table, as the request names it. */
  String tableName();

  /** The item that is put, or the key. */
  Item keyOrItem();

  /** What is told if the condition fails. */
  OnFailure onFailure();

  /** The storage key; throws ApiException if what the request gives does not fit the table. */
  byte[] key(TableDescriptor table);

  /** What to do to the item. */
  ItemMutation mutation(TableDescriptor table);

  /** The memory that the action holds while it waits. */
  int queuedBytes();

  /**
   * The reason that a failed condition gives.
   *
   * @param tellsItem whether it tells the item
   */
  record OnFailure(CancellationReasonCode code, String message, boolean tellsItem) {
    /** As TransactWriteItems has it. */
    static OnFailure of(boolean tellsItem) {
      return new OnFailure(
          CancellationReasonCode.CONDITIONAL_CHECK_FAILED,
          "The conditional request failed",
          tellsItem);
    }
  }

  /** Puts a whole item, whose size is checked. */
  record Put(String tableName, Item item, @Nullable Condition condition, OnFailure onFailure)
      implements TransactAction {
    @Override
    public Item keyOrItem() {
      return item;
    }

    @Override
    public byte[] key(TableDescriptor table) {
      return PutWrite.key(table, item);
    }

    @Override
    public ItemMutation mutation(TableDescriptor table) {
      return new PutMutation(condition, item, item.size());
    }

    @Override
    public int queuedBytes() {
      // Encoded here, not on the group's one writer.
      return item.encoded().length;
    }
  }

  /**
   * Updates an item, or makes it.
   *
   * @param expressionBytes the memory that its expressions hold
   */
  record Update(
      String tableName,
      Item keyOrItem,
      dev.partita.model.expression.Update update,
      @Nullable Condition condition,
      OnFailure onFailure,
      int expressionBytes)
      implements TransactAction {
    @Override
    public byte[] key(TableDescriptor table) {
      return UpdateWrite.key(table, keyOrItem, update);
    }

    @Override
    public ItemMutation mutation(TableDescriptor table) {
      return new UpdateMutation(table, condition, update, keyOrItem);
    }

    @Override
    public int queuedBytes() {
      return keyOrItem.size() + expressionBytes;
    }
  }

  /** Deletes an item. */
  record Delete(
      String tableName, Item keyOrItem, @Nullable Condition condition, OnFailure onFailure)
      implements TransactAction {
    @Override
    public byte[] key(TableDescriptor table) {
      return ItemKeys.ofKey(table, keyOrItem);
    }

    @Override
    public ItemMutation mutation(TableDescriptor table) {
      return new DeleteMutation(condition);
    }

    @Override
    public int queuedBytes() {
      return keyOrItem.size();
    }
  }

  /** Changes nothing: only the condition counts. */
  record Check(String tableName, Item keyOrItem, Condition condition, OnFailure onFailure)
      implements TransactAction {
    @Override
    public byte[] key(TableDescriptor table) {
      return ItemKeys.ofKey(table, keyOrItem);
    }

    @Override
    public ItemMutation mutation(TableDescriptor table) {
      return new CheckMutation(condition);
    }

    @Override
    public int queuedBytes() {
      return keyOrItem.size();
    }
  }
}
