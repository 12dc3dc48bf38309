package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** The units a second that a table can take at once. */
public record WarmThroughput(
    @Nullable Long readUnitsPerSecond, @Nullable Long writeUnitsPerSecond) {}
