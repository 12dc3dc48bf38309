package dev.partita.engine.scrub;

import dev.partita.base.InvariantBrokenException;
import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.IndexRows;
import dev.partita.engine.partition.GroupSnapshot;
import dev.partita.engine.partition.ItemCursor;
import dev.partita.engine.partition.LocalIndexCounters;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.scrub.Difference.Problem;
import dev.partita.engine.scrub.RowPage.Row;
import dev.partita.engine.scrub.RowReads.Read;
import dev.partita.storage.Direction;
import dev.partita.storage.format.ItemKeyFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the rows of a partition's local indexes to their items: what is superfluous. */
final class LocalRowWalk implements ScrubPart {
  private static final String WHERE = "local indexes";

  private final ScrubScope scope;
  private final PartitionDescriptor partition;
  private final GroupSnapshot snapshot;
  private final Findings findings;
  private final ItemCursor cursor;
  private final Map<Integer, LocalIndexCounters> counted = new HashMap<>();

  LocalRowWalk(
      ScrubScope scope, PartitionDescriptor partition, GroupSnapshot snapshot, Findings findings) {
    this.scope = scope;
    this.partition = partition;
    this.snapshot = snapshot;
    this.findings = findings;
    this.cursor = snapshot.items().localIndexCursor(partition.range(), Direction.FORWARD);
  }

  /** A row and the key of the item that it says it belongs to. */
  private record Claim(IndexDefinition index, byte[] rowKey, byte[] itemKey) {}

  @Override
  public Progress step() {
    RowPage page = RowPage.read(cursor, WHERE, findings);
    List<Claim> claims = new ArrayList<>(page.rows().size());
    for (Row row : page.rows()) {
      Claim claim = claim(row);
      if (claim != null) {
        claims.add(claim);
      }
    }
    List<Read> items =
        RowReads.each(claims.stream().map(Claim::itemKey).toList(), snapshot.items()::read);
    for (int place = 0; place < claims.size(); place++) {
      check(claims.get(place), items.get(place));
    }
    return page.isLast() ? Progress.DONE : Progress.MORE;
  }

  /** Null if the row is of an index that is not looked at, or of none. */
  private @Nullable Claim claim(Row row) {
    int number = row.key()[ItemKeyFormat.sortKeyOffset(row.key())];
    for (IndexDefinition index : scope.localIndexes()) {
      if (index.number() == number) {
        LocalIndexCounters one = new LocalIndexCounters(number, 1, row.stored().size());
        counted.merge(number, one, LocalIndexCounters::plus);
        findings.index(index.name()).rows++;
        return claim(index, row.key());
      }
    }
    if (scope.everything()) {
      String name = "(local index number " + number + ")";
      findings.index(name, false, "");
      findings.row(name, Problem.SUPERFLUOUS, null, row.key());
    }
    return null;
  }

  private @Nullable Claim claim(IndexDefinition index, byte[] rowKey) {
    try {
      return new Claim(index, rowKey, IndexRows.itemKeyOfLocal(index, rowKey));
    } catch (InvariantBrokenException isNone) {
      findings.row(index.name(), Problem.SUPERFLUOUS, null, rowKey);
      return null;
    }
  }

  private void check(Claim claim, Read read) {
    StoredItem item = read.row();
    byte[] expected =
        item == null ? null : IndexRows.localKey(claim.index, claim.itemKey, item.item());
    if (!read.damaged() && !Arrays.equals(expected, claim.rowKey)) {
      findings.row(claim.index.name(), Problem.SUPERFLUOUS, claim.itemKey, claim.rowKey);
    }
  }

  /** Compares what was counted with the counts of the partition. */
  void compare(PartitionCounters counters) {
    Map<Integer, LocalIndexCounters> stored = new HashMap<>();
    for (LocalIndexCounters index : counters.localIndexes()) {
      stored.put(index.number(), index);
    }
    for (IndexDefinition index : scope.localIndexes()) {
      LocalIndexCounters none = new LocalIndexCounters(index.number(), 0, 0);
      LocalIndexCounters is = stored.getOrDefault(index.number(), none);
      LocalIndexCounters should = counted.getOrDefault(index.number(), none);
      String where = "partition " + partition.id().value();
      findings.count("rows of " + index.name(), where, is.rowCount(), should.rowCount());
      findings.count("bytes of " + index.name(), where, is.rowBytes(), should.rowBytes());
    }
  }

  @Override
  public void close() {
    cursor.close();
  }
}
