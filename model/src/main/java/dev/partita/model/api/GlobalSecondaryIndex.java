package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A global index as CreateTable and UpdateTable ask for it: keys and throughput of its own. */
public record GlobalSecondaryIndex(
    String indexName,
    List<KeySchemaElement> keySchema,
    IndexProjection projection,
    @Nullable ProvisionedThroughput provisionedThroughput,
    @Nullable OnDemandThroughput onDemandThroughput,
    @Nullable WarmThroughput warmThroughput) {}
