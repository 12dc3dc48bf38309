package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream and a page of its shards.
 *
 * @param creationRequestDateTime seconds since 1970
 */
public record StreamDescription(
    String streamArn,
    String streamLabel,
    StreamStatus streamStatus,
    StreamViewType streamViewType,
    @Nullable Double creationRequestDateTime,
    String tableName,
    List<KeySchemaElement> keySchema,
    List<Shard> shards,
    @Nullable String lastEvaluatedShardId) {}
