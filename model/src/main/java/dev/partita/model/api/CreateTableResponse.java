package dev.partita.model.api;

/** CreateTable. */
public record CreateTableResponse(TableDescription tableDescription) implements ApiResponse {}
