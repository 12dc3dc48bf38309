package dev.partita.model.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** BatchWriteItem: writes by table. */
public record BatchWriteItemRequest(
    Map<String, List<WriteRequest>> requestItems,
    @Nullable ReturnConsumedCapacity returnConsumedCapacity,
    @Nullable ReturnItemCollectionMetrics returnItemCollectionMetrics)
    implements ApiRequest {}
