package dev.partita.testing.reference;

import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Value.MapValue;
import java.util.Optional;
import java.util.SortedMap;

/** Capacity units by AWS's arithmetic (developer guide, "Read/write capacity mode"). */
final class CapacityUnits {

  private static final int READ_UNIT_BYTES = 4096;
  private static final int WRITE_UNIT_BYTES = 1024;

  /** What answers to transactions show beside CapacityUnits. */
  enum Kind {
    PLAIN(""),
    TRANSACTION_READ("ReadCapacityUnits"),
    TRANSACTION_WRITE("WriteCapacityUnits");

    private final String member;

    Kind(String member) {
      this.member = member;
    }
  }

  private final Mutation mutation;
  private final ItemSize size;

  CapacityUnits(Mutation mutation) {
    this.mutation = mutation;
    this.size = new ItemSize(mutation);
  }

  /** A read of that many bytes: one unit for each 4 KB begun, half if eventually consistent. */
  double read(long bytes, boolean consistent) {
    long units = Math.max(1, (bytes + READ_UNIT_BYTES - 1) / READ_UNIT_BYTES);
    boolean full = consistent || mutation == Mutation.EVENTUAL_READ_COSTS_AS_STRONG;
    return full ? units : units / 2.0;
  }

  /** A write: one unit for each KB begun of the larger of the old and the new item. */
  double write(long oldBytes, long newBytes) {
    long bytes =
        mutation == Mutation.WRITE_COSTS_NEW_SIZE && newBytes > 0
            ? newBytes
            : Math.max(oldBytes, newBytes);
    return Math.max(1, (bytes + WRITE_UNIT_BYTES - 1) / WRITE_UNIT_BYTES);
  }

  /** A delete: as a write of the old item. */
  double delete(long oldBytes) {
    return mutation == Mutation.DELETE_COSTS_ONE_UNIT ? 1 : write(oldBytes, 0);
  }

  /** A write of an item with all that it changes in the indexes. */
  Consumption write(TableDefinition table, Optional<MapValue> old, Optional<MapValue> changed) {
    double units =
        changed.isPresent() || old.isEmpty()
            ? write(bytes(old), bytes(changed))
            : delete(bytes(old));
    Consumption consumption = Consumption.ofTable(units);
    for (IndexDefinition definition : table.indexes()) {
      Index index = new Index(definition, table, mutation);
      double cost = indexWrite(index, old.flatMap(index::entry), changed.flatMap(index::entry));
      consumption = cost > 0 ? consumption.withIndex(definition, cost) : consumption;
    }
    return consumption;
  }

  /**
   * What a change of one entry costs: nothing if the entry stays as it is, two writes if its key
   * changes, the larger of the two otherwise.
   */
  private double indexWrite(Index index, Optional<MapValue> before, Optional<MapValue> after) {
    if (before.equals(after) && mutation != Mutation.UNCHANGED_INDEX_ENTRY_COSTS) {
      return 0;
    }
    if (before.isEmpty() && after.isEmpty()) {
      return 0;
    }
    boolean moves =
        before.isPresent()
            && after.isPresent()
            && !index.key(before.get()).equals(index.key(after.get()));
    return moves && mutation != Mutation.INDEX_KEY_CHANGE_COSTS_ONE_WRITE
        ? write(bytes(before), 0) + write(0, bytes(after))
        : write(bytes(before), bytes(after));
  }

  private long bytes(Optional<MapValue> item) {
    return item.map(size::ofItem).orElse(0);
  }

  /** The body with ConsumedCapacity, if it was asked for. */
  static Json.ObjectOf report(
      Json.ObjectOf body, Capacity capacity, String table, Consumption consumption) {
    return capacity == Capacity.NONE
        ? body
        : body.with("ConsumedCapacity", of(capacity, table, consumption, Kind.PLAIN));
  }

  /** One ConsumedCapacity. */
  static Json of(Capacity capacity, String table, Consumption consumption, Kind kind) {
    Json.ObjectOf consumed = units(consumption.total(), kind).with("TableName", Json.text(table));
    if (capacity != Capacity.INDEXES) {
      return consumed;
    }
    consumed = consumed.with("Table", units(consumption.table(), kind));
    consumed = withIndexes(consumed, "LocalSecondaryIndexes", consumption.local(), kind);
    return withIndexes(consumed, "GlobalSecondaryIndexes", consumption.global(), kind);
  }

  private static Json.ObjectOf withIndexes(
      Json.ObjectOf consumed, String member, SortedMap<String, Double> indexes, Kind kind) {
    Json.ObjectOf arms = Json.object();
    for (var index : indexes.entrySet()) {
      arms = arms.with(index.getKey(), units(index.getValue(), kind));
    }
    return indexes.isEmpty() ? consumed : consumed.with(member, arms);
  }

  private static Json.ObjectOf units(double capacityUnits, Kind kind) {
    Json.ObjectOf units = Json.object("CapacityUnits", Json.number(capacityUnits));
    return kind == Kind.PLAIN ? units : units.with(kind.member, Json.number(capacityUnits));
  }
}
