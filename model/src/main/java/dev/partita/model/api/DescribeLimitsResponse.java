package dev.partita.model.api;

/** DescribeLimits. */
public record DescribeLimitsResponse(
    long accountMaxReadCapacityUnits,
    long accountMaxWriteCapacityUnits,
    long tableMaxReadCapacityUnits,
    long tableMaxWriteCapacityUnits)
    implements ApiResponse {}
