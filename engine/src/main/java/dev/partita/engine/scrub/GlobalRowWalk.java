package dev.partita.engine.scrub;

import dev.partita.base.InvariantBrokenException;
import dev.partita.engine.index.IndexRows;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.partition.GroupSnapshot;
import dev.partita.engine.partition.ItemCursor;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.scrub.Difference.Problem;
import dev.partita.engine.scrub.RowPage.Row;
import dev.partita.engine.scrub.RowReads.Read;
import dev.partita.storage.Direction;
import dev.partita.storage.format.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the rows in one partition of a global index to their items: what is superfluous. */
final class GlobalRowWalk implements ScrubPart {
  private final ScrubScope scope;
  private final GlobalIndexDescriptor index;
  private final PartitionPlacement placement;
  private final RowReads reads;
  private final Suspects suspects;
  private final Findings findings;
  private final GroupSnapshot snapshot;
  private final KeyRange range;
  private final long damagedBefore;
  private @Nullable ItemCursor cursor;
  private long rows;
  private long rowBytes;

  /** Takes the snapshot. */
  GlobalRowWalk(
      ScrubScope scope,
      GlobalIndexDescriptor index,
      int partitionIndex,
      RowReads reads,
      Suspects suspects,
      Findings findings) {
    this.scope = scope;
    this.index = index;
    this.placement = index.partitionMap().partitions().get(partitionIndex);
    this.reads = reads;
    this.suspects = suspects;
    this.findings = findings;
    this.snapshot = reads.group(placement.group()).snapshot();
    this.range = index.partitionMap().range(partitionIndex);
    this.damagedBefore = findings.damagedCount();
  }

  /** A row and the key of the item that it says it belongs to. */
  private record Claim(byte[] rowKey, byte[] itemKey) {}

  @Override
  public Progress step() {
    if (snapshot.derived().descriptor(placement.partition()) == null) {
      return Progress.DONE; // The index is gone.
    }
    ItemCursor walked = cursor;
    if (walked == null) {
      walked = snapshot.items().cursor(range, Direction.FORWARD);
      cursor = walked;
    }
    RowPage page = RowPage.read(walked, index.name(), findings);
    List<Claim> claims = new ArrayList<>(page.rows().size());
    for (Row row : page.rows()) {
      rows++;
      rowBytes += row.stored().size();
      claim(row.key(), claims);
    }
    List<Read> items =
        reads.now(scope.table().partitionMap(), claims.stream().map(Claim::itemKey).toList());
    for (int place = 0; place < claims.size(); place++) {
      check(claims.get(place), items.get(place));
    }
    findings.index(index.name()).rows += page.rows().size();
    if (!page.isLast()) {
      return Progress.MORE;
    }
    if (findings.damagedCount() == damagedBefore) {
      compareCounts();
    }
    return Progress.DONE;
  }

  private void claim(byte[] rowKey, List<Claim> claims) {
    try {
      claims.add(
          new Claim(
              rowKey,
              IndexRows.itemKeyOfGlobal(index.definition(), scope.table().tableId(), rowKey)));
    } catch (InvariantBrokenException isNone) {
      findings.row(index.name(), Problem.SUPERFLUOUS, null, rowKey);
    }
  }

  private void check(Claim claim, Read read) {
    StoredItem item = read.row();
    byte[] expected =
        item == null ? null : IndexRows.globalKey(index.definition(), claim.itemKey, item.item());
    if (!read.damaged() && !Arrays.equals(expected, claim.rowKey)) {
      suspects.addRow(index, claim.itemKey, claim.rowKey);
    }
  }

  private void compareCounts() {
    PartitionCounters counters = snapshot.derived().counters(placement.partition());
    String where = "partition " + placement.partition().value();
    findings.count("rows of " + index.name(), where, counters.itemCount(), rows);
    findings.count("bytes of " + index.name(), where, counters.itemBytes(), rowBytes);
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
    }
    snapshot.close();
  }
}
