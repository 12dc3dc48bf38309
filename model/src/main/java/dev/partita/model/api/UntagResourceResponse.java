package dev.partita.model.api;

/** UntagResource: an empty body. */
public record UntagResourceResponse() implements ApiResponse {}
