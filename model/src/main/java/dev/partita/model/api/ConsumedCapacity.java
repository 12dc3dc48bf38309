package dev.partita.model.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Capacity units that one operation used on one table and its indexes.
 *
 * <p>Only {@code capacityUnits}, the sum, is told for TOTAL; INDEXES adds {@code table} and the
 * indexes by name. The read and write parts are told by transactions and PartiQL only.
 */
public record ConsumedCapacity(
    String tableName,
    double capacityUnits,
    @Nullable Double readCapacityUnits,
    @Nullable Double writeCapacityUnits,
    @Nullable Capacity table,
    @Nullable Map<String, Capacity> localSecondaryIndexes,
    @Nullable Map<String, Capacity> globalSecondaryIndexes) {

  /** Capacity of an operation that used no index and does not tell the parts. */
  public ConsumedCapacity(String tableName, double capacityUnits, @Nullable Capacity table) {
    this(tableName, capacityUnits, null, null, table, null, null);
  }
}
