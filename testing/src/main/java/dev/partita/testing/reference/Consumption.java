package dev.partita.testing.reference;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Capacity units that an operation took of one table.
 *
 * @param table of the table itself
 * @param local of its local indexes; those that were not touched are missing
 * @param global of its global indexes
 */
record Consumption(
    double table, SortedMap<String, Double> local, SortedMap<String, Double> global) {

  Consumption {
    local = Collections.unmodifiableSortedMap(new TreeMap<>(local));
    global = Collections.unmodifiableSortedMap(new TreeMap<>(global));
  }

  static Consumption ofTable(double units) {
    return new Consumption(units, new TreeMap<>(), new TreeMap<>());
  }

  /** This, and units of an index. */
  Consumption withIndex(IndexDefinition index, double units) {
    SortedMap<String, Double> locals = new TreeMap<>(local);
    SortedMap<String, Double> globals = new TreeMap<>(global);
    (index.global() ? globals : locals).merge(index.name(), units, Double::sum);
    return new Consumption(table, locals, globals);
  }

  Consumption plus(Consumption other) {
    SortedMap<String, Double> locals = new TreeMap<>(local);
    other.local.forEach((name, units) -> locals.merge(name, units, Double::sum));
    SortedMap<String, Double> globals = new TreeMap<>(global);
    other.global.forEach((name, units) -> globals.merge(name, units, Double::sum));
    return new Consumption(table + other.table, locals, globals);
  }

  /** Everything together. */
  double total() {
    double total = table;
    for (double units : local.values()) {
      total += units;
    }
    for (double units : global.values()) {
      total += units;
    }
    return total;
  }
}
