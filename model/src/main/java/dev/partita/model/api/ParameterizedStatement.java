package dev.partita.model.api;

import dev.partita.model.AttributeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement of an ExecuteTransaction. */
public record ParameterizedStatement(
    String statement,
    @Nullable List<AttributeValue> parameters,
    @Nullable ReturnValuesOnConditionCheckFailure returnValuesOnConditionCheckFailure) {}
