package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** Encryption at rest as asked for. */
public record SseSpecification(
    @Nullable Boolean enabled, @Nullable SseType sseType, @Nullable String kmsMasterKeyId) {}
