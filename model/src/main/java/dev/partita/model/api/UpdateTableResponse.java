package dev.partita.model.api;

/** UpdateTable. */
public record UpdateTableResponse(TableDescription tableDescription) implements ApiResponse {}
