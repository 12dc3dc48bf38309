package dev.partita.model.api;

/** DeleteTable. */
public record DeleteTableResponse(TableDescription tableDescription) implements ApiResponse {}
