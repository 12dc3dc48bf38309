package dev.partita.model.api;

/** A stream as ListStreams tells it. */
public record StreamSummary(String streamArn, String tableName, String streamLabel) {}
