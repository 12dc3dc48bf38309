package dev.partita.model.api;

/** UpdateTimeToLive. */
public record UpdateTimeToLiveRequest(
    String tableName, TimeToLiveSpecification timeToLiveSpecification) implements ApiRequest {}
