package dev.partita.model.api;

/** Who made a change: {@code dynamodb.amazonaws.com} and {@code Service} for time to live. */
public record StreamUserIdentity(String principalId, String type) {}
