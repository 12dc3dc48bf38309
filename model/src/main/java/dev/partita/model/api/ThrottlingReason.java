package dev.partita.model.api;

/**
 * Which limit a request ran into.
 *
 * @param reason for example {@code TableWriteKeyRangeThroughputExceeded}
 * @param resource ARN of the table or index
 */
public record ThrottlingReason(String reason, String resource) {}
