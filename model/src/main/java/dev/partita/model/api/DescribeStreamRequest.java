package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** DescribeStream. */
public record DescribeStreamRequest(
    String streamArn,
    @Nullable Integer limit,
    @Nullable String exclusiveStartShardId,
    @Nullable ShardFilter shardFilter)
    implements ApiRequest {}
