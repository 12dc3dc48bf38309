package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** Encryption at rest as it is. */
public record SseDescription(String status, SseType sseType, @Nullable String kmsMasterKeyArn) {}
