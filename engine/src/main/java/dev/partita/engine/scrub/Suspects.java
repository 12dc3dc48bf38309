package dev.partita.engine.scrub;

import dev.partita.base.Bytes;
import dev.partita.engine.change.ChangeLogState;
import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.IndexRows;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.LoggedChange;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.scrub.Difference.Problem;
import dev.partita.engine.scrub.RowReads.Read;
import dev.partita.model.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of global indexes that did not fit their items, until it is known whether that is a
 * difference or a change on its way.
 *
 * <p>To judge: note through which change the indexes have taken the item's partition, then read
 * item and row, then read the partition's change log from there to its end. If it has no change of
 * the item, then item and row stood still meanwhile, and the index had taken whatever made the item
 * what it is: a difference is one. Otherwise it is looked at again later.
 */
final class Suspects {
  /** When so many wait, nothing is added before they are judged. */
  static final int PENDING_MAX = 1_000;

  private static final int ROUNDS_MAX = 600;
  private static final int LOG_RECORDS_MAX = 4_096;
  private static final long LOG_BYTES_MAX = 16 << 20;

  private final TableCatalog catalog;
  private final TableDescriptor table;
  private final RowReads reads;
  private final Findings findings;
  private List<Suspect> fresh = new ArrayList<>();
  private List<Suspect> pending = new ArrayList<>();

  Suspects(TableCatalog catalog, TableDescriptor table, RowReads reads, Findings findings) {
    this.catalog = catalog;
    this.table = table;
    this.reads = reads;
    this.findings = findings;
  }

  /** An item and the key of a row that perhaps should not be there, null if it is not about one. */
  private static final class Suspect {
    final GlobalIndexDescriptor index;
    final byte[] itemKey;
    final byte @Nullable [] rowKey;
    int rounds;

    Suspect(GlobalIndexDescriptor index, byte[] itemKey, byte @Nullable [] rowKey) {
      this.index = index;
      this.itemKey = itemKey;
      this.rowKey = rowKey;
    }
  }

  /** What was seen of a suspect. */
  private record Look(
      Suspect suspect, byte @Nullable [] expectedKey, @Nullable Item expected, boolean damaged) {}

  /** Adds an item whose row is missing or different. */
  void addItem(GlobalIndexDescriptor index, byte[] itemKey) {
    fresh.add(new Suspect(index, itemKey, null));
  }

  /** Adds a row that its item does not have. */
  void addRow(GlobalIndexDescriptor index, byte[] itemKey, byte[] rowKey) {
    fresh.add(new Suspect(index, itemKey, rowKey));
  }

  boolean isEmpty() {
    return fresh.isEmpty() && pending.isEmpty();
  }

  boolean isFull() {
    return pending.size() >= PENDING_MAX;
  }

  /** Judges those that were added since the last time; what cannot be judged yet has to wait. */
  void judgeFresh() {
    List<Suspect> looked = fresh;
    fresh = new ArrayList<>();
    pending.addAll(judge(looked));
  }

  /** Judges those that wait; to be called some time after the last call. */
  void judgePending() {
    List<Suspect> still = new ArrayList<>();
    for (Suspect suspect : judge(pending)) {
      if (++suspect.rounds < ROUNDS_MAX) {
        still.add(suspect);
      } else {
        findings.unsettled++;
      }
    }
    pending = still;
  }

  /** Those that cannot be judged yet. */
  private List<Suspect> judge(List<Suspect> suspects) {
    Map<PartitionPlacement, List<Suspect>> bySource = new LinkedHashMap<>();
    for (Suspect suspect : suspects) {
      bySource
          .computeIfAbsent(table.partitionMap().placement(suspect.itemKey), _ -> new ArrayList<>())
          .add(suspect);
    }
    List<Suspect> undecided = new ArrayList<>();
    bySource.forEach((source, ofSource) -> judge(source, ofSource, undecided));
    return undecided;
  }

  private void judge(PartitionPlacement source, List<Suspect> suspects, List<Suspect> undecided) {
    ReplicationGroup group = reads.group(source.group());
    long through = group.indexedThrough(source.partition());
    List<Look> looks = look(suspects);
    List<Read> found = rowsOf(looks);
    Set<Bytes> moving = changedSince(group, source, through);
    for (int place = 0; place < looks.size(); place++) {
      Look look = looks.get(place);
      if (isGone(look.suspect.index)) {
        continue; // Its rows go as well, or have gone.
      }
      if (moving == null || moving.contains(Bytes.wrap(look.suspect.itemKey))) {
        undecided.add(look.suspect);
      } else if (!look.damaged) {
        tell(look, found.get(place));
      }
    }
  }

  private List<Look> look(List<Suspect> suspects) {
    List<Read> items =
        reads.now(table.partitionMap(), suspects.stream().map(suspect -> suspect.itemKey).toList());
    List<Look> looks = new ArrayList<>(suspects.size());
    for (int place = 0; place < suspects.size(); place++) {
      Suspect suspect = suspects.get(place);
      IndexDefinition definition = suspect.index.definition();
      StoredItem item = items.get(place).row();
      byte[] key =
          item == null ? null : IndexRows.globalKey(definition, suspect.itemKey, item.item());
      Item row =
          item == null || key == null
              ? null
              : definition.projection().project(item.item(), definition.key(), table.keySchema());
      looks.add(new Look(suspect, key, row, items.get(place).damaged()));
    }
    return looks;
  }

  /**
   * What lies at the suspected key, nothing if the item has its row there after all; otherwise what
   * lies where the item should have its row.
   */
  private List<Read> rowsOf(List<Look> looks) {
    List<Read> rows = new ArrayList<>(looks.size());
    for (Look look : looks) {
      byte[] suspected = look.suspect.rowKey;
      byte[] key =
          suspected == null
              ? look.expectedKey
              : Arrays.equals(suspected, look.expectedKey) ? null : suspected;
      rows.add(
          key == null
              ? new Read(false, null)
              : reads.now(look.suspect.index.partitionMap(), List.of(key)).getFirst());
    }
    return rows;
  }

  /** Items with changes that the indexes may not have taken; null if those are too many to tell. */
  private static @Nullable Set<Bytes> changedSince(
      ReplicationGroup group, PartitionPlacement source, long through) {
    List<LoggedChange> changes =
        group.changes(source.partition(), through + 1, LOG_RECORDS_MAX, LOG_BYTES_MAX);
    ChangeLogState log = group.changeLog(source.partition());
    Set<Bytes> keys = new HashSet<>();
    long bytes = 0;
    for (LoggedChange change : changes) {
      keys.add(Bytes.wrap(change.record().itemKey()));
      bytes += change.recordBytes();
    }
    boolean whole = changes.size() < LOG_RECORDS_MAX && bytes < LOG_BYTES_MAX;
    return whole && log != null && log.trimmedThrough() <= through ? keys : null;
  }

  private boolean isGone(GlobalIndexDescriptor index) {
    TableDescriptor now = catalog.find(table.tableId());
    GlobalIndexDescriptor present = now == null ? null : now.derived().globalIndex(index.name());
    return present == null
        || present.definition().number() != index.definition().number()
        || !present.servesReads();
  }

  /** A suspected row says nothing of the row that its item should have: that is its own suspect. */
  private void tell(Look look, Read found) {
    Suspect suspect = look.suspect;
    byte[] suspected = suspect.rowKey;
    byte[] expectedKey = look.expectedKey;
    Item expected = look.expected;
    StoredItem row = found.row();
    if (suspected != null) {
      if (row != null) {
        findings.row(suspect.index.name(), Problem.SUPERFLUOUS, suspect.itemKey, suspected);
      }
    } else if (expectedKey != null && expected != null && !found.damaged()) {
      if (row == null) {
        findings.row(suspect.index.name(), Problem.MISSING, suspect.itemKey, expectedKey);
      } else if (!Findings.isAsExpected(expected, row)) {
        findings.differentRow(suspect.index.name(), suspect.itemKey, expectedKey, expected, row);
      }
    }
  }
}
