package dev.partita.model.api;

/** DescribeTable. */
public record DescribeTableRequest(String tableName) implements ApiRequest {}
