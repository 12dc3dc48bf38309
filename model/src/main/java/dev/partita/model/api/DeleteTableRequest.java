package dev.partita.model.api;

/** DeleteTable. */
public record DeleteTableRequest(String tableName) implements ApiRequest {}
