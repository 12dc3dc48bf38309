package dev.partita.model.api;

import dev.partita.model.AttributeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement of a BatchExecuteStatement. */
public record BatchStatementRequest(
    String statement,
    @Nullable List<AttributeValue> parameters,
    @Nullable Boolean consistentRead,
    @Nullable ReturnValuesOnConditionCheckFailure returnValuesOnConditionCheckFailure) {}
