package dev.partita.engine.partition;

import dev.partita.engine.change.ChangeCapture;
import dev.partita.engine.change.ChangeRecord;
import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.RowChange;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ErrorType;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.format.Envelope;
import dev.partita.storage.format.ItemKeyFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries the change of an item into a batch: the item, its rows in local indexes, the mark of its
 * expiry, the record of the change, and all counts.
 */
final class ItemEffects {
  private static final byte[] NOTHING = {};

  private final GroupLimits limits;

  ItemEffects(GroupLimits limits) {
    this.limits = limits;
  }

  /**
   * A change of one item.
   *
   * @param before null if there was none
   * @param after null if there is none
   * @param time group time of the change
   * @param transaction 0 for none
   */
  record Change(
      PartitionState partition,
      byte[] key,
      @Nullable StoredItem before,
      @Nullable StoredItem after,
      ChangeRecord.Kind kind,
      long time,
      long transaction) {
    @Nullable Item oldItem() {
      return before == null ? null : before.item();
    }

    @Nullable Item newItem() {
      return after == null ? null : after.item();
    }

    int oldSize() {
      return before == null ? 0 : before.size();
    }

    int newSize() {
      return after == null ? 0 : after.size();
    }
  }

  /** What is known of a change before it is carried out: its rows and the item collection. */
  record Prepared(
      Change change,
      List<RowChange> rows,
      byte[] collectionKey,
      long collectionBytesBefore,
      long collectionBytes) {
    boolean grows() {
      return growth() > 0;
    }

    long growth() {
      return collectionBytes - collectionBytesBefore;
    }
  }

  /** Works out what {@code change} does to local indexes; nothing is changed yet. */
  Prepared prepare(Batch batch, Change change) {
    PartitionSchema schema = change.partition.descriptor.schema();
    if (schema.localIndexes().isEmpty()) {
      return new Prepared(
          change, List.of(), NOTHING, Outcome.Applied.NO_COLLECTION, Outcome.Applied.NO_COLLECTION);
    }
    List<RowChange> rows = new ArrayList<>(schema.localIndexes().size());
    long growth = (long) change.newSize() - change.oldSize();
    for (IndexDefinition index : schema.localIndexes()) {
      RowChange row =
          RowChange.local(
              index, schema.requireKey(), change.key, change.oldItem(), change.newItem());
      growth += (long) sizeOf(row.newRow()) - sizeOf(row.oldRow());
      rows.add(row);
    }
    byte[] collectionKey = GroupKeys.collectionBytes(ItemKeyFormat.collectionPrefix(change.key));
    long before = batch.collectionBytes(collectionKey);
    return new Prepared(change, rows, collectionKey, before, before + growth);
  }

  private static int sizeOf(@Nullable Item row) {
    return row == null ? 0 : row.size();
  }

  /**
   * Why the change must not be carried out; null if it may.
   *
   * @param otherGrowth bytes by which changes that come with it make its item collection grow
   */
  @Nullable ApiError refusal(Prepared prepared, long otherGrowth) {
    return prepared.grows() && prepared.collectionBytes + otherGrowth > limits.collectionBytesMax()
        ? new ApiError(
            ErrorType.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED,
            "Item collection size limit exceeded. Item collections of a table with local secondary"
                + " indexes may have at most 10 GB.")
        : null;
  }

  /** Carries the change out and gives the outcome. */
  Outcome.Applied apply(Batch batch, Prepared prepared) {
    Change change = prepared.change;
    if (change.before == null && change.after == null) {
      return new Outcome.Applied(null, null, prepared.collectionBytes);
    }
    CountersDraft counters = batch.counters(change.partition);
    int items = (change.after == null ? 0 : 1) - (change.before == null ? 0 : 1);
    long sequence = counters.change(items, (long) change.newSize() - change.oldSize());
    if (change.after == null) {
      change.partition.deletions.incrementAndGet();
      batch.writeSet.delete(ColumnFamily.ITEMS, change.key);
    } else {
      batch.writeSet.put(
          ColumnFamily.ITEMS,
          change.key,
          sealed(change.key, change.after.item(), change.after.size(), change.time, sequence));
    }
    batch.setItem(change.key, change.after);
    writeRows(batch, prepared, counters, sequence);
    writeExpiry(batch, change);
    record(batch, change, sequence);
    return new Outcome.Applied(change.before, change.after, prepared.collectionBytes);
  }

  private static byte[] sealed(byte[] key, Item item, int size, long time, long sequence) {
    return Envelope.seal(key, Envelope.Kind.ITEM, size, time, sequence, item.encoded());
  }

  private static void writeRows(
      Batch batch, Prepared prepared, CountersDraft counters, long sequence) {
    List<IndexDefinition> indexes = prepared.change.partition.descriptor.schema().localIndexes();
    for (int place = 0; place < prepared.rows.size(); place++) {
      RowChange row = prepared.rows.get(place);
      if (row.isNothing()) {
        continue;
      }
      byte[] oldKey = row.oldKey();
      if (oldKey != null && !row.keepsKey()) {
        batch.writeSet.delete(ColumnFamily.LOCAL_INDEX_ROWS, oldKey);
      }
      byte[] newKey = row.newKey();
      Item newRow = row.newRow();
      if (newKey != null && newRow != null) {
        batch.writeSet.put(
            ColumnFamily.LOCAL_INDEX_ROWS,
            newKey,
            sealed(newKey, newRow, newRow.size(), prepared.change.time, sequence));
      }
      counters.changeLocalIndex(
          indexes.get(place).number(),
          (newKey == null ? 0 : 1) - (oldKey == null ? 0 : 1),
          (long) sizeOf(newRow) - sizeOf(row.oldRow()));
    }
    if (prepared.collectionBytes != prepared.collectionBytesBefore
        && prepared.collectionBytes != Outcome.Applied.NO_COLLECTION) {
      batch.setCollectionBytes(prepared.collectionKey, prepared.collectionBytes);
    }
  }

  private static void writeExpiry(Batch batch, Change change) {
    String attribute = change.partition.descriptor.schema().timeToLiveAttribute();
    if (attribute == null) {
      return;
    }
    PartitionId partition = change.partition.descriptor.id();
    Long before = ExpiryTime.of(change.oldItem(), attribute);
    Long after = ExpiryTime.of(change.newItem(), attribute);
    if (before != null && !before.equals(after)) {
      batch.writeSet.delete(ColumnFamily.EXPIRY, GroupKeys.expiry(partition, before, change.key));
    }
    if (after != null && !after.equals(before)) {
      batch.writeSet.put(
          ColumnFamily.EXPIRY, GroupKeys.expiry(partition, after, change.key), NOTHING);
    }
  }

  private static void record(Batch batch, Change change, long sequence) {
    ChangeCapture capture = change.partition.descriptor.schema().changes();
    if (!capture.isOn()) {
      return;
    }
    Item oldItem = change.oldItem();
    Item newItem = change.newItem();
    if (oldItem != null && oldItem.equals(newItem)) {
      return; // AWS makes no stream record of a write that changes nothing.
    }
    add(batch, change, capture, sequence);
  }

  private static void add(Batch batch, Change change, ChangeCapture capture, long sequence) {
    Item oldImage = capture.oldImages() ? change.oldItem() : null;
    Item newImage = capture.newImages() ? change.newItem() : null;
    ChangeRecord record =
        new ChangeRecord(
            change.kind,
            change.time,
            change.transaction,
            change.key,
            oldImage == null && newImage == null ? keys(change) : null,
            change.before == null ? ChangeRecord.NO_ITEM : change.before.size(),
            oldImage,
            change.after == null ? ChangeRecord.NO_ITEM : change.after.size(),
            newImage);
    byte[] key = GroupKeys.change(change.partition.descriptor.id(), sequence);
    byte[] value = record.encode(key);
    batch.writeSet.put(ColumnFamily.CHANGES, key, value);
    batch.recorded(change.partition, value.length);
  }

  private static Item keys(Change change) {
    Item newItem = change.newItem();
    Item source = newItem == null ? change.oldItem() : newItem;
    Map<String, AttributeValue> keys = new LinkedHashMap<>();
    if (source != null) {
      for (KeyAttribute attribute :
          change.partition.descriptor.schema().requireKey().attributes()) {
        AttributeValue value = source.get(attribute.name());
        if (value != null) {
          keys.put(attribute.name(), value);
        }
      }
    }
    return Item.of(keys);
  }

  /** Tells the followers of an item as it is, and marks when it expires. */
  void refresh(Batch batch, PartitionState partition, byte[] key, StoredItem item, long time) {
    Change change = new Change(partition, key, null, item, ChangeRecord.Kind.REFRESH, time, 0);
    ChangeCapture capture = partition.descriptor.schema().changes();
    if (capture.globalIndexes()) {
      add(batch, change, capture, batch.counters(partition).change(0, 0));
    }
    writeExpiry(batch, change);
  }
}
