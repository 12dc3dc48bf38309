package dev.partita.engine.partition;

import dev.partita.base.Bytes;
import dev.partita.base.HybridLogicalClock;
import dev.partita.base.InvariantBrokenException;
import dev.partita.engine.partition.GroupCommand.InstallPartition;
import dev.partita.engine.partition.GroupCommand.RemovePartition;
import dev.partita.engine.partition.GroupCommand.WriteItem;
import dev.partita.engine.partition.GroupState.PartitionState;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ErrorType;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.KeyValueStore;
import dev.partita.storage.WriteSet;
import dev.partita.storage.format.Envelope;
import dev.partita.storage.format.KeyRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates commands over the applied state and an overlay of what the batch itself has changed,
 * and builds the write set. A change of partitions makes a batch of its own.
 *
 * <p>Measured: one multiGet of the keys and a plain overlay map is faster than single gets and than
 * an indexed write batch. Keys are read in slices, which bounds the old items in memory.
 */
final class BatchEvaluator {
  private static final Logger LOGGER = LoggerFactory.getLogger(BatchEvaluator.class);
  private static final int PREFETCH_KEYS_MAX = 64;
  private static final int BYTES_PER_WRITE_EXPECTED = 512;

  private final KeyValueStore store;
  private final GroupState state;
  private final HybridLogicalClock clock;
  private final int writeSetBytesMax;

  BatchEvaluator(
      KeyValueStore store, GroupState state, HybridLogicalClock clock, int writeSetBytesMax) {
    this.store = store;
    this.state = state;
    this.clock = clock;
    this.writeSetBytesMax = writeSetBytesMax;
  }

  /** Takes the commands of one batch from the head of {@code pending}, at least one. */
  EvaluatedBatch evaluate(ArrayDeque<GroupCommand> pending) {
    return switch (pending.getFirst()) {
      case InstallPartition install -> {
        pending.removeFirst();
        yield install(install);
      }
      case RemovePartition remove -> {
        pending.removeFirst();
        yield remove(remove);
      }
      case WriteItem _ -> writeItems(pending);
    };
  }

  private EvaluatedBatch install(InstallPartition install) {
    PartitionDescriptor descriptor = install.descriptor();
    EvaluatedBatch batch = new EvaluatedBatch(new WriteSet());
    PartitionState present = state.find(descriptor.id());
    PartitionCounters counters = present == null ? PartitionCounters.ZERO : present.counters;
    batch.writeSet.put(
        ColumnFamily.META, GroupKeys.descriptor(descriptor.id()), descriptor.encode());
    batch.writeSet.put(ColumnFamily.META, GroupKeys.counters(descriptor.id()), counters.encode());
    batch.stateChange = () -> state.install(descriptor, counters);
    batch.answer(install, new Outcome.Applied(null, null));
    return batch;
  }

  private EvaluatedBatch remove(RemovePartition remove) {
    EvaluatedBatch batch = new EvaluatedBatch(new WriteSet());
    PartitionState present = state.find(remove.partition());
    if (present != null) {
      KeyRange range = present.descriptor.range();
      batch.writeSet.deleteRange(ColumnFamily.ITEMS, range.start().array(), range.end().array());
      batch.writeSet.delete(ColumnFamily.META, GroupKeys.descriptor(remove.partition()));
      batch.writeSet.delete(ColumnFamily.META, GroupKeys.counters(remove.partition()));
      batch.stateChange = () -> state.remove(remove.partition());
    }
    batch.answer(remove, new Outcome.Applied(null, null));
    return batch;
  }

  private EvaluatedBatch writeItems(ArrayDeque<GroupCommand> pending) {
    EvaluatedBatch batch =
        new EvaluatedBatch(
            new WriteSet(
                Math.min(writeSetBytesMax, BYTES_PER_WRITE_EXPECTED * (pending.size() + 1))));
    Map<Bytes, Overlaid> overlay = new HashMap<>();
    while (pending.peekFirst() instanceof WriteItem
        && batch.writeSet.byteSize() < writeSetBytesMax) {
      evaluateSlice(nextSlice(pending), pending, batch, overlay);
    }
    batch.counters.forEach((id, counters) ->
        batch.writeSet.put(ColumnFamily.META, GroupKeys.counters(id), counters.encode()));
    return batch;
  }

  private static List<WriteItem> nextSlice(ArrayDeque<GroupCommand> pending) {
    List<WriteItem> slice = new ArrayList<>(Math.min(PREFETCH_KEYS_MAX, pending.size()));
    while (slice.size() < PREFETCH_KEYS_MAX && pending.peekFirst() instanceof WriteItem write) {
      slice.add(write);
      pending.removeFirst();
    }
    return slice;
  }

  private void evaluateSlice(
      List<WriteItem> slice,
      ArrayDeque<GroupCommand> pending,
      EvaluatedBatch batch,
      Map<Bytes, Overlaid> overlay) {
    List<byte[]> keys = new ArrayList<>(slice.size());
    for (WriteItem write : slice) {
      keys.add(write.key());
    }
    List<byte @Nullable []> stored = store.multiGet(ColumnFamily.ITEMS, keys);
    for (int index = 0; index < slice.size(); index++) {
      if (batch.writeSet.byteSize() >= writeSetBytesMax) {
        for (int rest = slice.size() - 1; rest >= index; rest--) {
          pending.addFirst(slice.get(rest));
        }
        return;
      }
      WriteItem write = slice.get(index);
      batch.answer(write, evaluateOne(write, stored.get(index), batch, overlay));
    }
  }

  private Outcome evaluateOne(
      WriteItem write,
      byte @Nullable [] stored,
      EvaluatedBatch batch,
      Map<Bytes, Overlaid> overlay) {
    PartitionState partition = state.find(write.partition());
    if (partition == null || !partition.descriptor.range().contains(write.key())) {
      return new Outcome.WrongPartition();
    }
    if (partition.descriptor.schemaVersion() != write.schemaVersion()) {
      return new Outcome.StaleSchema();
    }
    Bytes overlayKey = Bytes.wrap(write.key());
    Overlaid overlaid = overlay.get(overlayKey);
    StoredItem before = overlaid == null ? StoredItem.read(write.key(), stored) : overlaid.item();
    ItemEffect effect;
    try {
      effect = write.mutation().evaluate(before);
    } catch (InvariantBrokenException broken) {
      throw broken;
    } catch (RuntimeException defect) {
      // A defect met while evaluating a request fails that request alone.
      LOGGER.error("evaluating a write failed", defect);
      return new Outcome.Refused(
          new ApiError(ErrorType.INTERNAL_SERVER_ERROR, "Internal server error"), before);
    }
    return switch (effect) {
      case ItemEffect.Put put -> {
        StoredItem after = new StoredItem(put.item(), put.size());
        put(write, before, after, partition, batch);
        overlay.put(overlayKey, new Overlaid(after));
        yield new Outcome.Applied(before, after);
      }
      case ItemEffect.Delete _ -> {
        if (before != null) {
          batch.writeSet.delete(ColumnFamily.ITEMS, write.key());
          count(batch, partition, -1, -before.size());
          overlay.put(overlayKey, new Overlaid(null));
        }
        yield new Outcome.Applied(before, null);
      }
      case ItemEffect.Keep _ -> new Outcome.Applied(before, before);
      case ItemEffect.ConditionFailed _ -> new Outcome.ConditionFailed(before);
      case ItemEffect.Refused refused -> new Outcome.Refused(refused.error(), before);
    };
  }

  private void put(
      WriteItem write,
      @Nullable StoredItem before,
      StoredItem after,
      PartitionState partition,
      EvaluatedBatch batch) {
    PartitionCounters counters =
        count(
            batch,
            partition,
            before == null ? 1 : 0,
            after.size() - (before == null ? 0 : before.size()));
    byte[] value =
        Envelope.seal(
            write.key(),
            Envelope.Kind.ITEM,
            after.size(),
            clock.next(),
            counters.lastSequence(),
            after.item().encoded());
    batch.writeSet.put(ColumnFamily.ITEMS, write.key(), value);
  }

  private static PartitionCounters count(
      EvaluatedBatch batch, PartitionState partition, int items, int bytes) {
    PartitionId id = partition.descriptor.id();
    PartitionCounters counters = batch.counters.getOrDefault(id, partition.counters);
    PartitionCounters changed =
        new PartitionCounters(
            counters.itemCount() + items,
            counters.itemBytes() + bytes,
            counters.lastSequence() + 1);
    batch.counters.put(id, changed);
    return changed;
  }

  /** An item that the batch has changed; null once deleted. */
  private record Overlaid(@Nullable StoredItem item) {}
}
