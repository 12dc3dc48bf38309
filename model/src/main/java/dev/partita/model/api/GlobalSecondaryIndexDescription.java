package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A global index as the description of its table tells it.
 *
 * @param backfilling told only while an index that was added to a table is made
 */
public record GlobalSecondaryIndexDescription(
    String indexName,
    List<KeySchemaElement> keySchema,
    IndexProjection projection,
    IndexStatus indexStatus,
    @Nullable Boolean backfilling,
    @Nullable ProvisionedThroughputDescription provisionedThroughput,
    long indexSizeBytes,
    long itemCount,
    String indexArn,
    @Nullable OnDemandThroughput onDemandThroughput,
    @Nullable IndexWarmThroughputDescription warmThroughput) {}
