package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** A part of a stream whose records are in order. */
public record Shard(
    String shardId, SequenceNumberRange sequenceNumberRange, @Nullable String parentShardId) {}
