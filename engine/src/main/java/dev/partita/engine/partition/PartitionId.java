package dev.partita.engine.partition;

/** Names a partition for ever; never used again. */
public record PartitionId(long value) {}
