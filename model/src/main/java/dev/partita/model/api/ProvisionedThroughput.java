package dev.partita.model.api;

/** Capacity units a second, at least 1 each. */
public record ProvisionedThroughput(long readCapacityUnits, long writeCapacityUnits) {}
