package dev.partita.model.api;

/** DescribeEndpoints. */
public record DescribeEndpointsResponse(String address, long cachePeriodInMinutes)
    implements ApiResponse {}
