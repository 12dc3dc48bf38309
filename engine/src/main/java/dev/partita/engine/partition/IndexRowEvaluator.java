package dev.partita.engine.partition;

import dev.partita.base.HybridLogicalClock;
import dev.partita.engine.partition.GroupCommand.ApplyIndexRows;
import dev.partita.model.Item;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.format.Envelope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows of a global index, each once: a mark for every source partition, part of the same
 * write set, says up to which sequence its rows are taken.
 */
final class IndexRowEvaluator {
  private final GroupState state;
  private final HybridLogicalClock clock;

  IndexRowEvaluator(GroupState state, HybridLogicalClock clock) {
    this.state = state;
    this.clock = clock;
  }

  Outcome apply(ApplyIndexRows command, List<byte @Nullable []> stored, Batch batch) {
    PartitionState partition = state.find(command.partition());
    if (partition == null) {
      return new Outcome.WrongPartition();
    }
    IndexMark mark = batch.indexMark(partition, command.source());
    if (command.sourceEpoch() < mark.epoch()) {
      return new Outcome.WrongPartition();
    }
    for (int index = 0; index < command.rows().size(); index++) {
      IndexRowWrite row = command.rows().get(index);
      if (!partition.descriptor.range().contains(row.key())) {
        return new Outcome.WrongPartition();
      }
    }
    for (int index = 0; index < command.rows().size(); index++) {
      IndexRowWrite row = command.rows().get(index);
      if (row.sequence() > mark.sequence()) {
        write(partition, row, batch.item(row.key(), stored.get(index)), batch);
      }
    }
    if (command.throughSequence() > mark.sequence() || command.sourceEpoch() > mark.epoch()) {
      IndexMark moved =
          new IndexMark(
              command.sourceEpoch(), Math.max(mark.sequence(), command.throughSequence()));
      batch.setIndexMark(partition, command.source(), moved);
    }
    return new Outcome.Applied(null, null);
  }

  private void write(
      PartitionState partition, IndexRowWrite write, @Nullable StoredItem before, Batch batch) {
    Item row = write.row();
    int oldSize = before == null ? 0 : before.size();
    if (row == null) {
      if (before != null) {
        batch.writeSet.delete(ColumnFamily.ITEMS, write.key());
        batch.counters(partition).change(-1, -oldSize);
        batch.setItem(write.key(), null);
      }
      return;
    }
    int size = row.size();
    long sequence = batch.counters(partition).change(before == null ? 1 : 0, (long) size - oldSize);
    batch.writeSet.put(
        ColumnFamily.ITEMS,
        write.key(),
        Envelope.seal(
            write.key(), Envelope.Kind.ITEM, size, clock.next(), sequence, row.encoded()));
    batch.setItem(write.key(), new StoredItem(row, size));
  }
}
