package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** GetShardIterator. The sequence number goes with the two types that name it. */
public record GetShardIteratorRequest(
    String streamArn,
    String shardId,
    ShardIteratorType shardIteratorType,
    @Nullable String sequenceNumber)
    implements ApiRequest {}
