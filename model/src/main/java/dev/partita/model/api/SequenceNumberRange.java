package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** The records of a shard, first and last; the last is null while the shard is open. */
public record SequenceNumberRange(
    @Nullable String startingSequenceNumber, @Nullable String endingSequenceNumber) {}
