package dev.partita.model.api;

/** DescribeTimeToLive. */
public record DescribeTimeToLiveRequest(String tableName) implements ApiRequest {}
