package dev.partita.model.api;

/** Capacity units of a table or an index. */
public record Capacity(double capacityUnits) {}
