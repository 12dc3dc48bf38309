package dev.partita.model.api;

/** DescribeLimits. */
public record DescribeLimitsRequest() implements ApiRequest {}
