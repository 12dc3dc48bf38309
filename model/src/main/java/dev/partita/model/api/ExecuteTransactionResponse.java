package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** ExecuteTransaction: one response to each statement, in order. */
public record ExecuteTransactionResponse(
    List<ItemResponse> responses, @Nullable List<ConsumedCapacity> consumedCapacity)
    implements ApiResponse {}
