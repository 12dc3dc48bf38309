package dev.partita.engine.scrub;

import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.metadata.TimeToLive;
import dev.partita.engine.partition.GroupSnapshot;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.model.api.TimeToLiveStatus;
import org.jspecify.annotations.Nullable;

/** One partition of the table, at one moment: its items, and then what is derived from them. */
final class TablePartitionScrub implements ScrubPart {
  private final ScrubScope scope;
  private final TableDescriptor table;
  private final PartitionPlacement placement;
  private final RowReads reads;
  private final Suspects suspects;
  private final Findings findings;
  private final GroupSnapshot snapshot;
  private long damagedBefore;
  private @Nullable PartitionDescriptor partition;
  private @Nullable ScrubPart walk;

  /**
   * Takes the snapshot.
   *
   * @param table as it is now
   */
  TablePartitionScrub(
      ScrubScope scope,
      TableDescriptor table,
      PartitionPlacement placement,
      RowReads reads,
      Suspects suspects,
      Findings findings) {
    this.scope = scope;
    this.table = table;
    this.placement = placement;
    this.reads = reads;
    this.suspects = suspects;
    this.findings = findings;
    this.snapshot = reads.group(placement.group()).snapshot();
  }

  /** While marks are still being made for the items that were there before, some are missing. */
  private static @Nullable String expiryAttribute(
      TableDescriptor table, PartitionDescriptor partition) {
    TimeToLive timeToLive = table.derived().timeToLive();
    String attribute = partition.schema().timeToLiveAttribute();
    return timeToLive != null
            && timeToLive.status() == TimeToLiveStatus.ENABLED
            && timeToLive.attribute().equals(attribute)
        ? attribute
        : null;
  }

  @Override
  public Progress step() {
    PartitionDescriptor here = partition;
    if (here == null) {
      here = snapshot.derived().descriptor(placement.partition());
      if (here == null) {
        return Progress.DONE; // The table is gone.
      }
      partition = here;
      String marked = scope.everything() ? expiryAttribute(table, here) : null;
      begin(new ItemWalk(scope, here, snapshot, reads, suspects, findings, marked));
    }
    ScrubPart current = walk;
    if (current == null) {
      return Progress.DONE;
    }
    if (current.step() == Progress.DONE) {
      if (findings.damagedCount() == damagedBefore) {
        compare(here, current);
      }
      begin(after(here, current));
      current.close();
    }
    return walk == null ? Progress.DONE : Progress.MORE;
  }

  private void begin(@Nullable ScrubPart next) {
    walk = next;
    damagedBefore = findings.damagedCount();
  }

  private void compare(PartitionDescriptor here, ScrubPart finished) {
    PartitionCounters counters = snapshot.derived().counters(here.id());
    if (finished instanceof ItemWalk items) {
      if (scope.everything()) {
        String where = "partition " + here.id().value();
        findings.count("items", where, counters.itemCount(), items.items());
        findings.count("bytes of items", where, counters.itemBytes(), items.itemBytes());
      }
    } else if (finished instanceof LocalRowWalk rows) {
      rows.compare(counters);
    }
  }

  private @Nullable ScrubPart after(PartitionDescriptor here, ScrubPart finished) {
    boolean hasLocalIndexes = !here.schema().localIndexes().isEmpty();
    return switch (finished) {
      case ItemWalk _ when scope.everything() || !scope.localIndexes().isEmpty() ->
          new LocalRowWalk(scope, here, snapshot, findings);
      case LocalRowWalk _ when scope.everything() -> new ExpiryWalk(here, snapshot, findings);
      case ExpiryWalk _ when hasLocalIndexes ->
          new CollectionWalk(here.range(), snapshot, findings);
      case ScrubPart _ -> null;
    };
  }

  @Override
  public void close() {
    if (walk != null) {
      walk.close();
    }
    snapshot.close();
  }
}
