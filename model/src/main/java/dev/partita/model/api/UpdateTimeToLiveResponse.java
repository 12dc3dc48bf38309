package dev.partita.model.api;

/** UpdateTimeToLive: what was asked for. */
public record UpdateTimeToLiveResponse(TimeToLiveSpecification timeToLiveSpecification)
    implements ApiResponse {}
