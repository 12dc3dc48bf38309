package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** GetRecords. */
public record GetRecordsRequest(String shardIterator, @Nullable Integer limit)
    implements ApiRequest {}
