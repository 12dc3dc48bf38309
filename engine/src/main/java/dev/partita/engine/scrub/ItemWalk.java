package dev.partita.engine.scrub;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.IndexRows;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.partition.ExpiringItem;
import dev.partita.engine.partition.ExpiryTime;
import dev.partita.engine.partition.GroupSnapshot;
import dev.partita.engine.partition.ItemCursor;
import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.scrub.Difference.Problem;
import dev.partita.engine.scrub.RowPage.Row;
import dev.partita.engine.scrub.RowReads.Read;
import dev.partita.model.Item;
import dev.partita.model.KeySchema;
import dev.partita.storage.Direction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the items of a partition to their index rows and marks: what is missing or different. */
final class ItemWalk implements ScrubPart {
  private static final String WHERE = "the table";

  private final ScrubScope scope;
  private final PartitionDescriptor partition;
  private final GroupSnapshot snapshot;
  private final RowReads reads;
  private final Suspects suspects;
  private final Findings findings;
  private final @Nullable String expiryAttribute;
  private final ItemCursor cursor;
  private long items;
  private long itemBytes;

  /**
   * A walk over a partition.
   *
   * @param expiryAttribute whose items must be marked; null for none
   */
  ItemWalk(
      ScrubScope scope,
      PartitionDescriptor partition,
      GroupSnapshot snapshot,
      RowReads reads,
      Suspects suspects,
      Findings findings,
      @Nullable String expiryAttribute) {
    this.scope = scope;
    this.partition = partition;
    this.snapshot = snapshot;
    this.reads = reads;
    this.suspects = suspects;
    this.findings = findings;
    this.expiryAttribute = expiryAttribute;
    this.cursor = snapshot.items().cursor(partition.range(), Direction.FORWARD);
  }

  /** Items that were met. */
  long items() {
    return items;
  }

  /** Their sizes. */
  long itemBytes() {
    return itemBytes;
  }

  /** What an index should hold of an item. */
  private record Expected(byte[] itemKey, byte[] rowKey, Item row) {}

  @Override
  public Progress step() {
    RowPage page = RowPage.read(cursor, WHERE, findings);
    for (Row row : page.rows()) {
      items++;
      itemBytes += row.stored().size();
      findings.items++;
      findings.itemBytes += row.stored().size();
    }
    for (IndexDefinition index : scope.localIndexes()) {
      checkLocal(index, page.rows());
    }
    for (GlobalIndexDescriptor index : scope.globalIndexes()) {
      checkGlobal(index, page.rows());
    }
    if (expiryAttribute != null) {
      checkMarks(expiryAttribute, page.rows());
    }
    return page.isLast() ? Progress.DONE : Progress.MORE;
  }

  private void checkLocal(IndexDefinition index, List<Row> rows) {
    List<Expected> expected = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Item item = row.stored().item();
      byte[] rowKey = IndexRows.localKey(index, row.key(), item);
      if (rowKey != null) {
        expected.add(new Expected(row.key(), rowKey, project(index, item)));
      }
    }
    List<Read> found =
        RowReads.each(
            expected.stream().map(Expected::rowKey).toList(), snapshot.derived()::localIndexRows);
    for (int place = 0; place < expected.size(); place++) {
      Expected should = expected.get(place);
      Read is = found.get(place);
      StoredItem row = is.row();
      if (row == null) {
        if (!is.damaged()) {
          findings.row(index.name(), Problem.MISSING, should.itemKey, should.rowKey);
        }
      } else if (!Findings.isAsExpected(should.row, row)) {
        findings.differentRow(index.name(), should.itemKey, should.rowKey, should.row, row);
      }
    }
    findings.index(index.name()).rowsExpected += expected.size();
  }

  private void checkGlobal(GlobalIndexDescriptor index, List<Row> rows) {
    List<Expected> expected = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Item item = row.stored().item();
      byte[] rowKey = IndexRows.globalKey(index.definition(), row.key(), item);
      if (rowKey != null) {
        expected.add(new Expected(row.key(), rowKey, project(index.definition(), item)));
      }
    }
    List<Read> found =
        reads.now(index.partitionMap(), expected.stream().map(Expected::rowKey).toList());
    for (int place = 0; place < expected.size(); place++) {
      Expected should = expected.get(place);
      StoredItem row = found.get(place).row();
      boolean fits = row != null && Findings.isAsExpected(should.row, row);
      if (!fits && !found.get(place).damaged()) {
        suspects.addItem(index, should.itemKey);
      }
    }
    findings.index(index.name()).rowsExpected += expected.size();
  }

  private Item project(IndexDefinition index, Item item) {
    KeySchema tableKey = scope.table().keySchema();
    return index.projection().project(item, index.key(), tableKey);
  }

  private void checkMarks(String attribute, List<Row> rows) {
    List<ExpiringItem> expiring = new ArrayList<>();
    for (Row row : rows) {
      Long second = ExpiryTime.of(row.stored().item(), attribute);
      if (second != null) {
        expiring.add(new ExpiringItem(second, row.key()));
      }
    }
    List<Boolean> marked = snapshot.derived().areMarked(partition.id(), expiring);
    for (int place = 0; place < expiring.size(); place++) {
      if (!marked.get(place)) {
        ExpiringItem item = expiring.get(place);
        findings.expiryMark(Problem.MISSING, item.key(), item.second());
      }
    }
  }

  @Override
  public void close() {
    cursor.close();
  }
}
