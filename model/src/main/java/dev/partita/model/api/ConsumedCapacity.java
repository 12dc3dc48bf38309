package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/**
 * Capacity units that one operation used on one table.
 *
 * <p>Only {@code capacityUnits} is told for TOTAL; INDEXES adds {@code table}. The read and write
 * parts are told by transactions and PartiQL only.
 */
public record ConsumedCapacity(String tableName, double capacityUnits, @Nullable Capacity table) {}
