package dev.partita.model.api;

/** GetShardIterator. */
public record GetShardIteratorResponse(String shardIterator) implements ApiResponse {}
