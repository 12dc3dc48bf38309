package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** ListStreams. */
public record ListStreamsRequest(
    @Nullable String tableName, @Nullable Integer limit, @Nullable String exclusiveStartStreamArn)
    implements ApiRequest {}
