package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** The table class, once it was set. */
public record TableClassSummary(TableClass tableClass, @Nullable Double lastUpdateDateTime) {}
