package dev.partita.model.api;

import dev.partita.model.AttributeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a BatchExecuteStatement.
 *
 * @param parametersProblem what is wrong with the parameters, in AWS's words; null if nothing is. A
 *     statement with a problem fails with a ValidationError, alone: the rest of the batch runs.
 */
public record BatchStatementRequest(
    String statement,
    @Nullable List<AttributeValue> parameters,
    @Nullable Boolean consistentRead,
    @Nullable ReturnValuesOnConditionCheckFailure returnValuesOnConditionCheckFailure,
    @Nullable String parametersProblem) {

  /** A statement whose parameters are well-formed. */
  public BatchStatementRequest(
      String statement,
      @Nullable List<AttributeValue> parameters,
      @Nullable Boolean consistentRead,
      @Nullable ReturnValuesOnConditionCheckFailure returnValuesOnConditionCheckFailure) {
    this(statement, parameters, consistentRead, returnValuesOnConditionCheckFailure, null);
  }
}
