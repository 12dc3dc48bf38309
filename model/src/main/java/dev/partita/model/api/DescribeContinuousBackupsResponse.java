package dev.partita.model.api;

/** DescribeContinuousBackups; the status of point-in-time recovery is ENABLED or DISABLED. */
public record DescribeContinuousBackupsResponse(
    String continuousBackupsStatus, String pointInTimeRecoveryStatus) implements ApiResponse {}
