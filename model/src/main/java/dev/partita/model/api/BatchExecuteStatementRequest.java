package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** BatchExecuteStatement: 1 to 25 statements, each on its own. */
public record BatchExecuteStatementRequest(
    List<BatchStatementRequest> statements, @Nullable ReturnConsumedCapacity returnConsumedCapacity)
    implements ApiRequest {}
