package dev.partita.model.api;

import dev.partita.model.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Query. Items are null for a count. */
public record QueryResponse(
    @Nullable List<Item> items,
    int count,
    int scannedCount,
    @Nullable Item lastEvaluatedKey,
    @Nullable ConsumedCapacity consumedCapacity)
    implements ApiResponse {}
