package dev.partita.engine.index;

import dev.partita.model.CapacityUnits;
import dev.partita.model.Item;
import dev.partita.model.KeySchema;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one change of an item does to one index.
 *
 * @param oldKey the key of the row of the item as it was, null if it had none
 * @param oldRow that row
 * @param newKey the key of the row of the item as it became, null if it has none
 * @param newRow that row
 */
public record RowChange(
    byte @Nullable [] oldKey,
    @Nullable Item oldRow,
    byte @Nullable [] newKey,
    @Nullable Item newRow) {

  /** For a local index. */
  public static RowChange local(
      IndexDefinition index,
      KeySchema tableKey,
      byte[] itemKey,
      @Nullable Item before,
      @Nullable Item after) {
    return of(
        index,
        tableKey,
        before == null ? null : IndexRows.localKey(index, itemKey, before),
        before,
        after == null ? null : IndexRows.localKey(index, itemKey, after),
        after);
  }

  /** For a global index. */
  public static RowChange global(
      IndexDefinition index,
      KeySchema tableKey,
      byte[] itemKey,
      @Nullable Item before,
      @Nullable Item after) {
    return of(
        index,
        tableKey,
        before == null ? null : IndexRows.globalKey(index, itemKey, before),
        before,
        after == null ? null : IndexRows.globalKey(index, itemKey, after),
        after);
  }

  private static RowChange of(
      IndexDefinition index,
      KeySchema tableKey,
      byte @Nullable [] oldKey,
      @Nullable Item before,
      byte @Nullable [] newKey,
      @Nullable Item after) {
    return new RowChange(
        oldKey,
        oldKey == null || before == null ? null : row(index, tableKey, before),
        newKey,
        newKey == null || after == null ? null : row(index, tableKey, after));
  }

  private static Item row(IndexDefinition index, KeySchema tableKey, Item item) {
    return index.projection().project(item, index.key(), tableKey);
  }

  /** Whether old and new row have one key, or both are missing. */
  public boolean keepsKey() {
    return Arrays.equals(oldKey, newKey);
  }

  /** Whether the index stays as it is. */
  public boolean isNothing() {
    return keepsKey() && (oldRow == null || oldRow.equals(newRow));
  }

  /**
   * The write units that the change costs on the index: none if it stays as it is, those of the
   * larger row if a row is replaced, those of both if a row moves to another key.
   *
   * <p>Source: AWS, "Using Global Secondary Indexes", "Provisioned throughput considerations".
   */
  public double writeUnits() {
    if (isNothing()) {
      return 0;
    }
    int oldSize = oldRow == null ? 0 : oldRow.size();
    int newSize = newRow == null ? 0 : newRow.size();
    if (keepsKey() || oldRow == null || newRow == null) {
      return CapacityUnits.write(Math.max(oldSize, newSize));
    }
    return CapacityUnits.write(oldSize) + CapacityUnits.write(newSize);
  }
}
