package dev.partita.model.api;

/** DescribeStream. */
public record DescribeStreamResponse(StreamDescription streamDescription) implements ApiResponse {}
