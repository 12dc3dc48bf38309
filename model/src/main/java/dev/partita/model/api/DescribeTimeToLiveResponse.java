package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** DescribeTimeToLive. */
public record DescribeTimeToLiveResponse(
    TimeToLiveStatus timeToLiveStatus, @Nullable String attributeName) implements ApiResponse {}
