package dev.partita.model.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** BatchWriteItem. */
public record BatchWriteItemResponse(
    Map<String, List<WriteRequest>> unprocessedItems,
    @Nullable List<ConsumedCapacity> consumedCapacity)
    implements ApiResponse {}
