package dev.partita.model.api;

import dev.partita.model.Item;
import org.jspecify.annotations.Nullable;

/** GetItem. The item is null when there is none. */
public record GetItemResponse(@Nullable Item item, @Nullable ConsumedCapacity consumedCapacity)
    implements ApiResponse {}
