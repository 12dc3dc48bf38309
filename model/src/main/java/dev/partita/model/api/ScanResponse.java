package dev.partita.model.api;

import dev.partita.model.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scan. Items are null for a count. */
public record ScanResponse(
    @Nullable List<Item> items,
    int count,
    int scannedCount,
    @Nullable Item lastEvaluatedKey,
    @Nullable ConsumedCapacity consumedCapacity)
    implements ApiResponse {}
