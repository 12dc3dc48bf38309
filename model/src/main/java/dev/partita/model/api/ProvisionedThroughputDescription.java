package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/**
 * Throughput as DescribeTable tells it; zero under on-demand billing. Times are seconds since 1970.
 */
public record ProvisionedThroughputDescription(
    @Nullable Double lastIncreaseDateTime,
    @Nullable Double lastDecreaseDateTime,
    long numberOfDecreasesToday,
    long readCapacityUnits,
    long writeCapacityUnits) {}
