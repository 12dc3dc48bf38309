package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** The most request units a second of an on-demand table; -1 removes a bound. */
public record OnDemandThroughput(
    @Nullable Long maxReadRequestUnits, @Nullable Long maxWriteRequestUnits) {}
