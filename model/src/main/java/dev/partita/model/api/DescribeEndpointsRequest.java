package dev.partita.model.api;

/** DescribeEndpoints. */
public record DescribeEndpointsRequest() implements ApiRequest {}
