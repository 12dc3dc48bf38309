package dev.partita.engine.scrub;

import dev.partita.base.Bytes;
import dev.partita.base.InvariantBrokenException;
import dev.partita.engine.partition.ItemCursor;
import dev.partita.engine.partition.StoredItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some items or rows of a walk, with their keys; those that are damaged are told and left out. */
record RowPage(List<Row> rows, boolean isLast) {
  private static final int ROWS_MAX = 256;
  private static final long BYTES_MAX = 1 << 20;

  /** An item or a row of an index under its storage key. */
  record Row(byte[] key, StoredItem stored) {}

  /**
   * Reads on.
   *
   * @param where what is walked, for the report
   */
  static RowPage read(ItemCursor cursor, String where, Findings findings) {
    List<Row> rows = new ArrayList<>();
    long bytes = 0;
    while (rows.size() < ROWS_MAX && bytes < BYTES_MAX) {
      StoredItem next;
      try {
        next = cursor.next();
      } catch (InvariantBrokenException damage) {
        findings.damaged(where, cursor.key(), damage);
        cursor.skipDamaged();
        continue;
      }
      if (next == null) {
        return new RowPage(rows, true);
      }
      Row row = readable(cursor.key(), next, where, findings);
      bytes += (long) cursor.key().length + next.size();
      if (row != null) {
        rows.add(row);
      }
    }
    return new RowPage(rows, false);
  }

  private static @Nullable Row readable(
      byte[] key, StoredItem stored, String where, Findings findings) {
    try {
      int size = stored.item().size();
      findings.count("size of an item of " + where, Bytes.wrap(key)::toString, stored.size(), size);
      return new Row(key, stored);
    } catch (InvariantBrokenException damage) {
      findings.damaged(where, key, damage);
      return null;
    }
  }
}
