package dev.partita.model.api;

import dev.partita.model.Item;
import org.jspecify.annotations.Nullable;

/** UpdateItem. Attributes are as ReturnValues asked, null when there are none. */
public record UpdateItemResponse(
    @Nullable Item attributes, @Nullable ConsumedCapacity consumedCapacity)
    implements ApiResponse {}
