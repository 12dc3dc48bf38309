package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** Whether a table has a stream, and what its records hold. */
public record StreamSpecification(boolean streamEnabled, @Nullable StreamViewType streamViewType) {}
