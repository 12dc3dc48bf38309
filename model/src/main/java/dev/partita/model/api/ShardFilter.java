package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** Which shards DescribeStream tells: those with this parent. */
public record ShardFilter(@Nullable ShardFilterType type, @Nullable String shardId) {}
