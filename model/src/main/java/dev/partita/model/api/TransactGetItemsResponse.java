package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** TransactGetItems: one response to each read, in order. */
public record TransactGetItemsResponse(
    @Nullable List<ConsumedCapacity> consumedCapacity, List<ItemResponse> responses)
    implements ApiResponse {}
