package dev.partita.model.api;

/** Warm throughput as it is. */
public record TableWarmThroughputDescription(
    long readUnitsPerSecond, long writeUnitsPerSecond, TableStatus status) {}
