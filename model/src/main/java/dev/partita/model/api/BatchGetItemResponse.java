package dev.partita.model.api;

import dev.partita.model.Item;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** BatchGetItem. */
public record BatchGetItemResponse(
    Map<String, List<Item>> responses,
    Map<String, KeysAndAttributes> unprocessedKeys,
    @Nullable List<ConsumedCapacity> consumedCapacity)
    implements ApiResponse {}
