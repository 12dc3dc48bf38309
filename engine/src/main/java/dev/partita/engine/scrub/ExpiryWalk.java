package dev.partita.engine.scrub;

import dev.partita.engine.partition.ExpiringItem;
import dev.partita.engine.partition.ExpiryCursor;
import dev.partita.engine.partition.ExpiryTime;
import dev.partita.engine.partition.GroupSnapshot;
import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.scrub.Difference.Problem;
import dev.partita.engine.scrub.RowReads.Read;
import java.util.ArrayList;
import java.util.List;

/** From the marks of a partition's items that expire to the items: what is superfluous. */
final class ExpiryWalk implements ScrubPart {
  private static final int MARKS_MAX = 256;

  private final PartitionDescriptor partition;
  private final GroupSnapshot snapshot;
  private final Findings findings;
  private final ExpiryCursor cursor;

  ExpiryWalk(PartitionDescriptor partition, GroupSnapshot snapshot, Findings findings) {
    this.partition = partition;
    this.snapshot = snapshot;
    this.findings = findings;
    this.cursor = snapshot.derived().expiryMarks(partition.id());
  }

  @Override
  public Progress step() {
    List<ExpiringItem> marks = new ArrayList<>(MARKS_MAX);
    ExpiringItem next = cursor.next();
    while (next != null) {
      marks.add(next);
      next = marks.size() < MARKS_MAX ? cursor.next() : null;
    }
    List<Read> items =
        RowReads.each(marks.stream().map(ExpiringItem::key).toList(), snapshot.items()::read);
    for (int place = 0; place < marks.size(); place++) {
      ExpiringItem mark = marks.get(place);
      if (!items.get(place).damaged() && !fits(mark, items.get(place))) {
        findings.expiryMark(Problem.SUPERFLUOUS, mark.key(), mark.second());
      }
    }
    findings.expiryMarks += marks.size();
    return marks.size() < MARKS_MAX ? Progress.DONE : Progress.MORE;
  }

  private boolean fits(ExpiringItem mark, Read item) {
    String attribute = partition.schema().timeToLiveAttribute();
    StoredItem stored = item.row();
    Long second =
        attribute == null || stored == null ? null : ExpiryTime.of(stored.item(), attribute);
    return second != null && second == mark.second();
  }

  @Override
  public void close() {
    cursor.close();
  }
}
