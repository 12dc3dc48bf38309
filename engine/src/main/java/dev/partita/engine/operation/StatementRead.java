package dev.partita.engine.operation;

import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Projection;
import dev.partita.storage.Direction;
import dev.partita.storage.format.KeyRange;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT, planned against a table.
 *
 * @param parts what is read, one after the other
 * @param direction in which each part is read
 */
record StatementRead(
    ReadSource source,
    List<Part> parts,
    Direction direction,
    Projection projection,
    PageReader.Fetch fetch,
    boolean consistent) {

  /**
   * A range of keys, and what must hold for what lies in it.
   *
   * @param filter null for none
   */
  record Part(KeyRange range, @Nullable Condition filter) {}

  /** How to read what is left of a part. */
  PageReader.Plan plan(Part part, KeyRange left) {
    return new PageReader.Plan(
        source, left, direction, part.filter, projection, false, fetch, consistent);
  }

  /** Whether a part is one item of the table, whose key is then the start of the range. */
  boolean isOneItem(Part part) {
    KeyRange range = part.range;
    return source instanceof TableSource
        && !range.isEmpty()
        && Arrays.equals(range.end().array(), KeyRange.after(range.start().array()));
  }
}
