package dev.partita.engine.scrub;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.metadata.TableDescriptor;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One table: its partitions one after another, then the partitions of its global indexes, then
 * whatever could not be judged at once.
 */
final class TableScrub implements ScrubPart {
  private final TableCatalog catalog;
  private final ScrubScope scope;
  private final Suspects suspects;

  /** What is still to be done; each takes its snapshot when its turn comes. */
  private final Queue<Supplier<ScrubPart>> rest = new ArrayDeque<>();

  private @Nullable ScrubPart current;

  TableScrub(TableCatalog catalog, ScrubScope scope, RowReads reads, Findings findings) {
    this.catalog = catalog;
    this.scope = scope;
    this.suspects = new Suspects(catalog, scope.table(), reads, findings);
    for (IndexDefinition index : scope.localIndexes()) {
      findings.index(index.name(), false, "");
    }
    for (GlobalIndexDescriptor index : scope.table().derived().globalIndexes()) {
      if (scope.everything() && !index.servesReads()) {
        findings.index(index.name(), true, "the index is " + index.status());
      }
    }
    for (PartitionPlacement placement : scope.table().partitions()) {
      rest.add(() ->
          new TablePartitionScrub(scope, presentTable(), placement, reads, suspects, findings));
    }
    for (GlobalIndexDescriptor index : scope.globalIndexes()) {
      findings.index(index.name(), true, "");
      for (int place = 0; place < index.partitionMap().partitions().size(); place++) {
        int partitionIndex = place;
        rest.add(() -> new GlobalRowWalk(scope, index, partitionIndex, reads, suspects, findings));
      }
    }
  }

  private TableDescriptor presentTable() {
    TableDescriptor now = catalog.find(scope.table().tableId());
    return now == null ? scope.table() : now;
  }

  @Override
  public Progress step() {
    if (suspects.isFull()) {
      suspects.judgePending();
      return Progress.WAIT;
    }
    ScrubPart part = current;
    if (part == null) {
      Supplier<ScrubPart> next = rest.poll();
      if (next == null) {
        return finish();
      }
      part = next.get();
      current = part;
    }
    if (part.step() == Progress.DONE) {
      current = null;
      part.close();
    }
    suspects.judgeFresh();
    return Progress.MORE;
  }

  private Progress finish() {
    if (suspects.isEmpty()) {
      return Progress.DONE;
    }
    suspects.judgePending();
    return suspects.isEmpty() ? Progress.DONE : Progress.WAIT;
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
    }
  }
}
