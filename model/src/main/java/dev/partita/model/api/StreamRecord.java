package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/**
 * One record of a stream.
 *
 * @param dynamodb the change; called as on the wire
 * @param userIdentity who made the change; told only of time to live
 */
public record StreamRecord(
    String eventId,
    StreamEventName eventName,
    String eventVersion,
    String eventSource,
    String awsRegion,
    StreamChange dynamodb,
    @Nullable StreamUserIdentity userIdentity) {}
