package dev.partita.engine.operation;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.RowChange;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.TransactionSize;
import dev.partita.model.CapacityUnits;
import dev.partita.model.Item;
import dev.partita.model.api.Capacity;
import dev.partita.model.api.ConsumedCapacity;
import dev.partita.model.api.IndexStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The write units that the items of a transaction use on one table and its indexes: double on the
 * table, by the larger of the old and the new item; on an index what the same write costs outside.
 *
 * <p>Source: others' captures on AWS, 2026.
 */
final class WriteUnits {
  private final TableDescriptor table;
  private final Map<String, Double> localIndexes = new LinkedHashMap<>();
  private final Map<String, Double> globalIndexes = new LinkedHashMap<>();
  private double tableUnits;

  WriteUnits(TableDescriptor table) {
    this.table = table;
  }

  /** Adds what one item uses. */
  void add(byte[] key, Outcome.Applied applied) {
    tableUnits += CapacityUnits.writeTransactional(TransactionSize.of(applied));
    Item before = ItemWriter.itemOf(applied.before());
    Item after = ItemWriter.itemOf(applied.after());
    for (IndexDefinition index : table.derived().localIndexes()) {
      add(
          localIndexes,
          index.name(),
          RowChange.local(index, table.keySchema(), key, before, after));
    }
    for (GlobalIndexDescriptor index : table.derived().globalIndexes()) {
      if (index.status() != IndexStatus.DELETING) {
        add(
            globalIndexes,
            index.name(),
            RowChange.global(index.definition(), table.keySchema(), key, before, after));
      }
    }
  }

  private static void add(Map<String, Double> byIndex, String name, RowChange change) {
    double units = change.writeUnits();
    if (units > 0) {
      byIndex.merge(name, units, Double::sum);
    }
  }

  /** As the answer tells it. */
  ConsumedCapacity consumed(String tableName, boolean tellsIndexes) {
    double total = tableUnits + sum(localIndexes) + sum(globalIndexes);
    return new ConsumedCapacity(
        tableName,
        total,
        null,
        total,
        tellsIndexes ? capacity(tableUnits) : null,
        tellsIndexes ? capacities(localIndexes) : null,
        tellsIndexes ? capacities(globalIndexes) : null);
  }

  private static double sum(Map<String, Double> units) {
    return units.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static Capacity capacity(double units) {
    return new Capacity(units, null, units);
  }

  private static @Nullable Map<String, Capacity> capacities(Map<String, Double> units) {
    if (units.isEmpty()) {
      return null;
    }
    Map<String, Capacity> capacities = new LinkedHashMap<>();
    units.forEach((name, used) -> capacities.put(name, capacity(used)));
    return capacities;
  }
}
