package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** BatchExecuteStatement: one response to each statement, in order. */
public record BatchExecuteStatementResponse(
    List<BatchStatementResponse> responses, @Nullable List<ConsumedCapacity> consumedCapacity)
    implements ApiResponse {}
