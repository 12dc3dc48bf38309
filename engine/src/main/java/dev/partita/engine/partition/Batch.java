package dev.partita.engine.partition;

import dev.partita.base.Bytes;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.KeyValueStore;
import dev.partita.storage.WriteSet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch of commands while it is evaluated: one write set, what it has changed so far as an
 * overlay over what is stored, and an answer for each command once the write set is durable.
 */
final class Batch {

  /** A command and what to tell it if the batch is applied. */
  record Answer(GroupCommand command, Outcome outcome) {}

  /** An item that the batch has changed; null once deleted. */
  private record Overlaid(@Nullable StoredItem item) {}

  final WriteSet writeSet;
  private final KeyValueStore store;
  private final List<Answer> answers = new ArrayList<>();
  private final Map<Bytes, Overlaid> items = new HashMap<>();
  private final Map<Bytes, Long> collectionBytes = new HashMap<>();
  private final Map<PartitionState, CountersDraft> counters = new LinkedHashMap<>();
  private final Map<PartitionState, Long> recordedBytes = new LinkedHashMap<>();
  private final Map<PartitionState, Map<PartitionId, IndexMark>> indexMarks = new LinkedHashMap<>();
  private final List<Runnable> stateChanges = new ArrayList<>();
  private final TransactionState transactionState;
  private @Nullable TransactionDraft transactions;

  Batch(KeyValueStore store, TransactionState transactionState, WriteSet writeSet) {
    this.store = store;
    this.transactionState = transactionState;
    this.writeSet = writeSet;
  }

  void answer(GroupCommand command, Outcome outcome) {
    answers.add(new Answer(command, outcome));
  }

  List<Answer> answers() {
    return answers;
  }

  /** The item as the batch has left it so far; {@code stored} is what lies in the store. */
  @Nullable StoredItem item(byte[] key, byte @Nullable [] stored) {
    Overlaid overlaid = items.get(Bytes.wrap(key));
    return overlaid == null ? StoredItem.read(key, stored) : overlaid.item();
  }

  void setItem(byte[] key, @Nullable StoredItem item) {
    items.put(Bytes.wrap(key), new Overlaid(item));
  }

  CountersDraft counters(PartitionState partition) {
    return counters.computeIfAbsent(partition, state -> new CountersDraft(state.counters));
  }

  /** The bytes of an item collection as the batch has left it so far. */
  long collectionBytes(byte[] collectionKey) {
    Long changed = collectionBytes.get(Bytes.wrap(collectionKey));
    if (changed != null) {
      return changed;
    }
    byte[] stored = store.get(ColumnFamily.META, collectionKey);
    return stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
  }

  void setCollectionBytes(byte[] collectionKey, long bytes) {
    collectionBytes.put(Bytes.wrap(collectionKey), bytes);
  }

  /** How far {@code source} has come in a partition of a global index, this batch included. */
  IndexMark indexMark(PartitionState partition, PartitionId source) {
    IndexMark changed = indexMarks.getOrDefault(partition, Map.of()).get(source);
    return changed == null ? partition.indexMarks.getOrDefault(source, IndexMark.NONE) : changed;
  }

  void setIndexMark(PartitionState partition, PartitionId source, IndexMark mark) {
    indexMarks.computeIfAbsent(partition, _ -> new HashMap<>()).put(source, mark);
  }

  /** The transactions that are under way, as the batch has left them so far. */
  TransactionDraft transactions() {
    TransactionDraft draft = transactions;
    if (draft == null) {
      draft = new TransactionDraft(transactionState);
      transactions = draft;
    }
    return draft;
  }

  /** Whether a transaction that is under way holds the item. */
  boolean isLocked(byte[] key) {
    return transactions == null ? transactionState.isLocked(key) : transactions.isLocked(key);
  }

  /** Counts a change record of {@code bytes}; whoever follows the log is told of it. */
  void recorded(PartitionState partition, int bytes) {
    recordedBytes.merge(partition, (long) bytes, Long::sum);
  }

  /** Partitions whose change logs have grown. */
  Iterable<PartitionState> recordedPartitions() {
    return recordedBytes.keySet();
  }

  /** Changes the group's state once the batch is applied. */
  void whenApplied(Runnable stateChange) {
    stateChanges.add(stateChange);
  }

  /** Adds what the batch has counted to its write set; the last step of an evaluation. */
  void finish() {
    counters.forEach((partition, draft) ->
        writeSet.put(
            ColumnFamily.META,
            GroupKeys.counters(partition.descriptor.id()),
            draft.counters().encode()));
    indexMarks.forEach((partition, marks) ->
        marks.forEach((source, mark) ->
            writeSet.put(
                ColumnFamily.META,
                GroupKeys.indexMark(partition.descriptor.id(), source),
                mark.encode())));
    collectionBytes.forEach((key, bytes) -> {
      if (bytes == 0) {
        writeSet.delete(ColumnFamily.META, key.array());
      } else {
        writeSet.put(
            ColumnFamily.META, key.array(), ByteBuffer.allocate(Long.BYTES).putLong(bytes).array());
      }
    });
  }

  /** Makes the group's state what the write set, now applied, has made of it. */
  void apply() {
    counters.forEach((partition, draft) -> partition.counters = draft.counters());
    indexMarks.forEach((partition, marks) -> partition.indexMarks.putAll(marks));
    recordedBytes.forEach((partition, bytes) -> {
      if (partition.descriptor.schema().changes().globalIndexes()) {
        partition.indexBacklogBytes.addAndGet(bytes);
      }
    });
    if (transactions != null) {
      transactions.apply();
    }
    stateChanges.forEach(Runnable::run);
  }
}
