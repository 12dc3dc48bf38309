package dev.partita.engine.operation;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.RowChange;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.partition.TransactionSize;
import dev.partita.model.CapacityUnits;
import dev.partita.model.Item;
import dev.partita.model.api.Capacity;
import dev.partita.model.api.ConsumedCapacity;
import dev.partita.model.api.ReturnConsumedCapacity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** ConsumedCapacity as the request asked for it. */
final class ConsumedCapacities {

  /** Units that were used on a table and, by name, on its indexes. */
  static final class Usage {
    private double table;
    private double failed;
    private final Map<String, Double> localIndexes = new TreeMap<>();
    private final Map<String, Double> globalIndexes = new TreeMap<>();

    /** Nothing but {@code units} on the table. */
    static Usage ofTable(double units) {
      Usage usage = new Usage();
      usage.table = units;
      return usage;
    }

    /** What reading a page used. */
    static Usage ofPage(ReadSource source, PageReader.Page page) {
      Usage usage = new Usage();
      usage.table = page.fetchUnits();
      IndexDefinition index = source.index();
      switch (source) {
        case TableSource _ -> usage.table += page.capacityUnits();
        case LocalIndexSource _ -> {
          if (index != null) {
            usage.localIndexes.put(index.name(), page.capacityUnits());
          }
        }
        case GlobalIndexSource _ -> {
          if (index != null) {
            usage.globalIndexes.put(index.name(), page.capacityUnits());
          }
        }
      }
      return usage;
    }

    /** What a write of one item used: the larger of the items, and what its index rows cost. */
    static Usage ofWrite(TableDescriptor table, byte[] key, Outcome.Applied applied) {
      StoredItem before = applied.before();
      StoredItem after = applied.after();
      Usage usage =
          ofTable(
              CapacityUnits.write(Math.max(ItemWriter.sizeOf(before), ItemWriter.sizeOf(after))));
      usage.addIndexWrites(table, key, ItemWriter.itemOf(before), ItemWriter.itemOf(after));
      return usage;
    }

    /**
     * What a transaction used for one item that it wrote or looked at: double on the table; on an
     * index what the same write costs outside, as others have seen on AWS.
     */
    static Usage ofTransaction(TableDescriptor table, byte[] key, Outcome.Applied applied) {
      Usage usage = ofTable(CapacityUnits.writeTransactional(TransactionSize.of(applied)));
      usage.addIndexWrites(
          table, key, ItemWriter.itemOf(applied.before()), ItemWriter.itemOf(applied.after()));
      return usage;
    }

    /** Adds what the rows of all indexes cost when an item changes. */
    void addIndexWrites(
        TableDescriptor table, byte[] key, @Nullable Item before, @Nullable Item after) {
      for (IndexDefinition index : table.derived().localIndexes()) {
        double units = RowChange.local(index, table.keySchema(), key, before, after).writeUnits();
        add(localIndexes, index.name(), units);
      }
      for (GlobalIndexDescriptor index : table.derived().globalIndexes()) {
        double units =
            RowChange.global(index.definition(), table.keySchema(), key, before, after)
                .writeUnits();
        add(globalIndexes, index.name(), units);
      }
    }

    private static void add(Map<String, Double> indexes, String name, double units) {
      if (units > 0) {
        indexes.merge(name, units, Double::sum);
      }
    }

    /** Adds what another write to the table used. */
    void add(Usage other) {
      table += other.table;
      failed += other.failed;
      other.localIndexes.forEach((name, units) -> add(localIndexes, name, units));
      other.globalIndexes.forEach((name, units) -> add(globalIndexes, name, units));
    }

    /** Adds what failed writes to the table used, which the sum alone tells. */
    void addFailed(double units) {
      failed += units;
    }

    private double total() {
      return table + failed + sum(localIndexes) + sum(globalIndexes);
    }

    private static double sum(Map<String, Double> indexes) {
      double sum = 0;
      for (double units : indexes.values()) {
        sum += units;
      }
      return sum;
    }
  }

  private ConsumedCapacities() {}

  /** Whether the request wants to know. */
  static boolean isAsked(@Nullable ReturnConsumedCapacity asked) {
    return asked != null && asked != ReturnConsumedCapacity.NONE;
  }

  /**
   * Null unless the request asked.
   *
   * @param tableName as the request named the table
   */
  static @Nullable ConsumedCapacity of(
      @Nullable ReturnConsumedCapacity asked, String tableName, double units) {
    return of(asked, tableName, Usage.ofTable(units));
  }

  /** As above, with what indexes used. */
  static @Nullable ConsumedCapacity of(
      @Nullable ReturnConsumedCapacity asked, String tableName, Usage usage) {
    return switch (asked) {
      case null -> null;
      case NONE -> null;
      case TOTAL -> new ConsumedCapacity(tableName, usage.total(), null);
      case INDEXES ->
          new ConsumedCapacity(
              tableName,
              usage.total(),
              null,
              null,
              new Capacity(usage.table),
              capacities(usage.localIndexes),
              capacities(usage.globalIndexes));
    };
  }

  /** As above, for a write of one item. */
  static @Nullable ConsumedCapacity ofWrite(
      @Nullable ReturnConsumedCapacity asked,
      String tableName,
      ItemWrite write,
      Outcome.Applied applied) {
    return isAsked(asked)
        ? of(asked, tableName, Usage.ofWrite(write.table(), write.key(), applied))
        : null;
  }

  /** As above, for several tables, in the order of the map; null unless the request asked. */
  static @Nullable List<ConsumedCapacity> ofAll(
      @Nullable ReturnConsumedCapacity asked, Map<String, Usage> usages) {
    List<ConsumedCapacity> capacities = new ArrayList<>();
    usages.forEach((table, usage) -> {
      ConsumedCapacity capacity = of(asked, table, usage);
      if (capacity != null) {
        capacities.add(capacity);
      }
    });
    return capacities.isEmpty() ? null : capacities;
  }

  /** What a transaction wrote; it tells the write units once more. */
  static @Nullable ConsumedCapacity ofTransactionWrites(
      @Nullable ReturnConsumedCapacity asked, String tableName, Usage usage) {
    return withUnits(of(asked, tableName, usage), ConsumedCapacities::written);
  }

  /** What a transaction read; it tells the read units once more. */
  static @Nullable ConsumedCapacity ofTransactionReads(
      @Nullable ReturnConsumedCapacity asked, String tableName, double units) {
    return withUnits(
        of(asked, tableName, units), capacity -> new Capacity(capacity, capacity, null));
  }

  private static Capacity written(double units) {
    return new Capacity(units, null, units);
  }

  private static @Nullable ConsumedCapacity withUnits(
      @Nullable ConsumedCapacity capacity, DoubleFunction<Capacity> units) {
    if (capacity == null) {
      return null;
    }
    Capacity total = units.apply(capacity.capacityUnits());
    return new ConsumedCapacity(
        capacity.tableName(),
        capacity.capacityUnits(),
        total.readCapacityUnits(),
        total.writeCapacityUnits(),
        capacity.table() == null ? null : units.apply(capacity.table().capacityUnits()),
        withUnits(capacity.localSecondaryIndexes(), units),
        withUnits(capacity.globalSecondaryIndexes(), units));
  }

  private static @Nullable Map<String, Capacity> withUnits(
      @Nullable Map<String, Capacity> indexes, DoubleFunction<Capacity> units) {
    if (indexes == null) {
      return null;
    }
    Map<String, Capacity> changed = new TreeMap<>();
    indexes.forEach((name, capacity) -> changed.put(name, units.apply(capacity.capacityUnits())));
    return changed;
  }

  private static @Nullable Map<String, Capacity> capacities(Map<String, Double> indexes) {
    if (indexes.isEmpty()) {
      return null;
    }
    Map<String, Capacity> capacities = new TreeMap<>();
    indexes.forEach((name, units) -> capacities.put(name, new Capacity(units)));
    return capacities;
  }
}
