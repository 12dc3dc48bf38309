package dev.partita.model.api;

/** Warm throughput of a global index as it is. */
public record IndexWarmThroughputDescription(
    long readUnitsPerSecond, long writeUnitsPerSecond, IndexStatus status) {}
