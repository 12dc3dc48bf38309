package dev.partita.model.api;

import dev.partita.model.AttributeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ExecuteStatement: one statement of PartiQL. */
public record ExecuteStatementRequest(
    String statement,
    @Nullable List<AttributeValue> parameters,
    @Nullable Boolean consistentRead,
    @Nullable String nextToken,
    @Nullable ReturnConsumedCapacity returnConsumedCapacity,
    @Nullable Integer limit,
    @Nullable ReturnValuesOnConditionCheckFailure returnValuesOnConditionCheckFailure)
    implements ApiRequest {}
