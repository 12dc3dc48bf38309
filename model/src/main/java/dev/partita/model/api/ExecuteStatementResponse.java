package dev.partita.model.api;

import dev.partita.model.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ExecuteStatement. */
public record ExecuteStatementResponse(
    @Nullable List<Item> items,
    @Nullable String nextToken,
    @Nullable ConsumedCapacity consumedCapacity,
    @Nullable Item lastEvaluatedKey)
    implements ApiResponse {}
