package dev.partita.engine.metadata;

import dev.partita.engine.index.ProjectedAttributes;
import dev.partita.model.KeySchema;
import dev.partita.model.api.OnDemandThroughput;
import dev.partita.model.api.WarmThroughput;
import org.jspecify.annotations.Nullable;

/**
 * A global index as it is asked for, before it has ids.
 *
 * @param readCapacityUnits provisioned units a second, 0 when on demand
 * @param writeCapacityUnits likewise
 */
public record GlobalIndexDraft(
    String name,
    KeySchema key,
    ProjectedAttributes projection,
    long readCapacityUnits,
    long writeCapacityUnits,
    @Nullable OnDemandThroughput onDemandThroughput,
    @Nullable WarmThroughput warmThroughput,
    int partitionCount) {}
