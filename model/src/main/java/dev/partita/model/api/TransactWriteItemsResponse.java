package dev.partita.model.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** TransactWriteItems. Metrics are by table. */
public record TransactWriteItemsResponse(
    @Nullable List<ConsumedCapacity> consumedCapacity,
    @Nullable Map<String, List<ItemCollectionMetrics>> itemCollectionMetrics)
    implements ApiResponse {}
