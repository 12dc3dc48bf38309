package dev.partita.model.api;

/** TagResource: an empty body. */
public record TagResourceResponse() implements ApiResponse {}
