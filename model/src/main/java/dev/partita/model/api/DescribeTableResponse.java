package dev.partita.model.api;

/** DescribeTable. */
public record DescribeTableResponse(TableDescription table) implements ApiResponse {}
