package dev.partita.engine.partition;

import dev.partita.base.Bytes;
import dev.partita.engine.change.ChangeRecord;
import dev.partita.model.api.ApiError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Works out what a transaction does to items of one group; changes nothing. */
final class TransactionItems {
  /** The share of an entry that is left to counters and marks. */
  private static final int RESERVE_SHARE = 16;

  private static final int ITEM_OVERHEAD_BYTES = 128;

  private final GroupState state;
  private final GroupLimits limits;
  private final ItemEffects effects;
  private final int bytesMax;

  TransactionItems(GroupState state, GroupLimits limits, ItemEffects effects, int entryBytesMax) {
    this.state = state;
    this.limits = limits;
    this.effects = effects;
    this.bytesMax = entryBytesMax - entryBytesMax / RESERVE_SHARE;
  }

  /** What a transaction comes to. */
  sealed interface Result {
    /** All items can be written; {@code applied} is what then will be. */
    record Ready(List<HeldItem> items, List<Outcome.Applied> applied) implements Result {}

    /** The transaction must not be carried out. */
    record Refused(Outcome outcome) implements Result {}

    /** The batch is too full for it. */
    record NoRoom() implements Result {}
  }

  /**
   * Evaluates the items in order.
   *
   * @param later whether they are written later, when somebody may have begun to follow the changes
   */
  Result evaluate(
      List<TransactionItem> items, List<byte @Nullable []> stored, boolean later, Batch batch) {
    Evaluation evaluation = new Evaluation(later, batch);
    for (int index = 0; index < items.size(); index++) {
      TransactionItem item = items.get(index);
      PartitionState partition = state.find(item.partition());
      if (partition == null || !partition.descriptor.range().contains(item.key())) {
        return new Result.Refused(new Outcome.WrongPartition());
      }
      if (partition.descriptor.schemaVersion() != item.schemaVersion()) {
        return new Result.Refused(new Outcome.StaleSchema());
      }
      evaluation.add(item, partition, stored.get(index));
    }
    return evaluation.result();
  }

  /** Whether there is room in the batch for writing these items; an empty one has room. */
  boolean fits(List<HeldItem> items, Batch batch) {
    return batch.writeSet.isEmpty()
        || batch.writeSet.byteSize() + writeSetBytes(items, false) <= bytesMax;
  }

  /** About how many bytes writing the items adds to a write set, rather more than less. */
  private long writeSetBytes(List<HeldItem> items, boolean later) {
    long bytes = 0;
    for (HeldItem item : items) {
      PartitionState partition = state.find(item.partition());
      if (partition == null || !item.changes()) {
        continue;
      }
      PartitionSchema schema = partition.descriptor.schema();
      StoredItem after = item.after();
      StoredItem before = item.before();
      long newBytes = after == null ? 0 : after.item().encoded().length;
      long keyBytes = (long) ITEM_OVERHEAD_BYTES + item.key().length;
      bytes += (2 * keyBytes + newBytes) * (1 + schema.localIndexes().size());
      if (later || schema.changes().isOn()) {
        bytes += keyBytes + newBytes + (before == null ? 0 : before.item().retainedBytes());
      }
    }
    return bytes;
  }

  /** The items of one transaction, one after another. */
  private final class Evaluation {
    private final boolean later;
    private final Batch batch;
    private final List<HeldItem> held = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Outcome.Applied> applied = new ArrayList<>();
    private final Map<Bytes, Long> growth = new HashMap<>();

    Evaluation(boolean later, Batch batch) {
      this.later = later;
      this.batch = batch;
    }

    void add(TransactionItem item, PartitionState partition, byte @Nullable [] stored) {
      if (batch.isLocked(item.key())) {
        outcomes.add(new Outcome.TransactionConflict());
        return;
      }
      StoredItem before = batch.item(item.key(), stored);
      switch (ItemEvaluator.evaluate(item.mutation(), before)) {
        case ItemEffect.Put put ->
            change(item, partition, before, new StoredItem(put.item(), put.size()));
        case ItemEffect.Delete _, ItemEffect.Expire _ -> change(item, partition, before, null);
        case ItemEffect.Keep _ -> keep(item, before);
        case ItemEffect.ConditionFailed _ -> outcomes.add(new Outcome.ConditionFailed(before));
        case ItemEffect.Refused refused ->
            outcomes.add(new Outcome.Refused(refused.error(), before));
      }
    }

    private void keep(TransactionItem item, @Nullable StoredItem before) {
      accept(
          new HeldItem(item.partition(), item.key(), false, before, before),
          Outcome.Applied.NO_COLLECTION);
    }

    private void change(
        TransactionItem item,
        PartitionState partition,
        @Nullable StoredItem before,
        @Nullable StoredItem after) {
      if (partition.isIndexBacklogFull(limits)) {
        outcomes.add(new Outcome.IndexBacklogFull());
        return;
      }
      ItemEffects.Prepared prepared =
          effects.prepare(
              batch,
              new ItemEffects.Change(
                  partition, item.key(), before, after, ChangeRecord.Kind.CHANGE, 0, 0));
      Bytes collection = Bytes.wrap(prepared.collectionKey());
      long otherGrowth = growth.getOrDefault(collection, 0L);
      ApiError refusal = effects.refusal(prepared, otherGrowth);
      if (refusal != null) {
        outcomes.add(new Outcome.Refused(refusal, before));
        return;
      }
      growth.put(collection, otherGrowth + prepared.growth());
      accept(
          new HeldItem(item.partition(), item.key(), true, before, after),
          prepared.collectionBytes() == Outcome.Applied.NO_COLLECTION
              ? Outcome.Applied.NO_COLLECTION
              : prepared.collectionBytes() + otherGrowth);
    }

    private void accept(HeldItem item, long collectionBytes) {
      Outcome.Applied outcome = item.applied(collectionBytes);
      held.add(item);
      applied.add(outcome);
      outcomes.add(outcome);
    }

    Result result() {
      if (held.size() < outcomes.size()) {
        return new Result.Refused(new Outcome.TransactionCanceled(outcomes));
      }
      if (writeSetBytes(held, later) > bytesMax) {
        return new Result.Refused(new Outcome.Refused(TransactionSize.writeError(), null));
      }
      return fits(held, batch) ? new Result.Ready(held, applied) : new Result.NoRoom();
    }
  }
}
