package dev.partita.testing.reference;

import dev.partita.testing.reference.Operation.Capacity;

/** Capacity units by AWS's arithmetic (developer guide, "Read/write capacity mode"). */
final class CapacityUnits {

  private static final int READ_UNIT_BYTES = 4096;
  private static final int WRITE_UNIT_BYTES = 1024;

  private final Mutation mutation;

  CapacityUnits(Mutation mutation) {
    this.mutation = mutation;
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

  /** The body with ConsumedCapacity, if it was asked for. */
  static Json.ObjectOf report(
      Json.ObjectOf body, Capacity capacity, String table, double capacityUnits) {
    return capacity == Capacity.NONE
        ? body
        : body.with("ConsumedCapacity", of(capacity, table, capacityUnits));
  }

  /** One ConsumedCapacity. */
  static Json of(Capacity capacity, String table, double capacityUnits) {
    Json.ObjectOf units = Json.object("CapacityUnits", Json.number(capacityUnits));
    Json.ObjectOf consumed = units.with("TableName", Json.text(table));
    return capacity == Capacity.INDEXES ? consumed.with("Table", units) : consumed;
  }
}
