package dev.partita.protocol.validation;

import dev.partita.model.api.ApiException;
import dev.partita.model.api.BatchExecuteStatementRequest;
import dev.partita.model.api.BatchStatementRequest;
import dev.partita.protocol.json.AttributeProblems;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the parameters of PartiQL statements; the statements themselves are parsed by
 * the engine.
 *
 * <p>Source: paritysuite/dynamodb-conformance, error-messages/partiqlParameterNumbers, captured on
 * AWS in 2026.
 */
final class StatementChecks {
  private StatementChecks() {}

  /** The first bad parameter ends the request. */
  static void check(AttributeProblems.@Nullable Problem problem) {
    if (problem != null) {
      throw ApiException.validation(problem.message());
    }
  }

  /** A bad parameter in a batch fails its own statement only, so it goes along with that. */
  static BatchExecuteStatementRequest withProblems(
      BatchExecuteStatementRequest batch, AttributeProblems problems) {
    if (problems.isEmpty()) {
      return batch;
    }
    List<BatchStatementRequest> statements = new ArrayList<>();
    for (BatchStatementRequest statement : batch.statements()) {
      AttributeProblems.Problem problem = problems.firstIn("Statements", statements.size());
      statements.add(problem == null ? statement : withProblem(statement, problem.message()));
    }
    return new BatchExecuteStatementRequest(statements, batch.returnConsumedCapacity());
  }

  private static BatchStatementRequest withProblem(
      BatchStatementRequest statement, String message) {
    return new BatchStatementRequest(
        statement.statement(),
        null,
        statement.consistentRead(),
        statement.returnValuesOnConditionCheckFailure(),
        message);
  }
}
