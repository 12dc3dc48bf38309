package dev.partita.model.api;

/** DescribeContinuousBackups. */
public record DescribeContinuousBackupsRequest(String tableName) implements ApiRequest {}
