package dev.partita.triggers;

import dev.partita.base.Bytes;
import java.time.Instant;

/**
 * One change of one item.
 *
 * @param eventId names the change; the same for every delivery of it, so fit to recognise a second
 *     one
 * @param eventName what the change did
 * @param sequenceNumber where it stands in its shard, decimal digits
 * @param createdAt about when it was made, to the second
 * @param json the whole record as a Lambda function receives it, UTF-8; its member {@code dynamodb}
 *     has {@code Keys}, {@code NewImage} and {@code OldImage}
 */
public record StreamRecord(
    String eventId, EventName eventName, String sequenceNumber, Instant createdAt, Bytes json) {}
