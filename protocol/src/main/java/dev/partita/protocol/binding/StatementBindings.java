package dev.partita.protocol.binding;

import dev.partita.model.AttributeValue;
import dev.partita.model.api.BatchExecuteStatementRequest;
import dev.partita.model.api.BatchStatementRequest;
import dev.partita.model.api.ExecuteStatementRequest;
import dev.partita.model.api.ExecuteTransactionRequest;
import dev.partita.model.api.ParameterizedStatement;
import dev.partita.model.api.ReturnConsumedCapacity;
import dev.partita.model.api.ReturnValuesOnConditionCheckFailure;
import java.util.List;

/** The operations that take PartiQL. */
final class StatementBindings {
  private StatementBindings() {}

  /** The members that statements share, wherever they stand. */
  private static final class Statement {
    private final Slot<String> text;
    private final Slot<List<AttributeValue>> parameters;
    private final Slot<ReturnValuesOnConditionCheckFailure> onFailure;

    Statement(Slots slots) {
      text = slots.string("Statement");
      parameters = slots.attributeValueList("Parameters");
      onFailure =
          slots.enumeration(
              "ReturnValuesOnConditionCheckFailure", ReturnValuesOnConditionCheckFailure.values());
    }
  }

  static RequestBinding executeStatement(Slots slots) {
    Statement statement = new Statement(slots);
    Slot<Boolean> consistentRead = slots.bool("ConsistentRead");
    Slot<String> nextToken = slots.string("NextToken");
    Slot<ReturnConsumedCapacity> capacity =
        slots.enumeration("ReturnConsumedCapacity", ReturnConsumedCapacity.values());
    Slot<Integer> limit = slots.integer("Limit");
    return (input, names) ->
        new ExecuteStatementRequest(
            statement.text.require(input),
            statement.parameters.get(input),
            consistentRead.get(input),
            nextToken.get(input),
            capacity.get(input),
            limit.get(input),
            statement.onFailure.get(input));
  }

  static RequestBinding batchExecuteStatement(Slots slots) {
    Slot<List<BatchStatementRequest>> statements =
        slots.list("Statements", StatementBindings::ofBatch);
    Slot<ReturnConsumedCapacity> capacity =
        slots.enumeration("ReturnConsumedCapacity", ReturnConsumedCapacity.values());
    return (input, names) ->
        new BatchExecuteStatementRequest(statements.require(input), capacity.get(input));
  }

  static RequestBinding executeTransaction(Slots slots) {
    Slot<List<ParameterizedStatement>> statements =
        slots.list("TransactStatements", StatementBindings::ofTransaction);
    Slot<String> token = slots.string("ClientRequestToken");
    Slot<ReturnConsumedCapacity> capacity =
        slots.enumeration("ReturnConsumedCapacity", ReturnConsumedCapacity.values());
    return (input, names) ->
        new ExecuteTransactionRequest(
            statements.require(input), token.get(input), capacity.get(input));
  }

  private static StructureBinding<BatchStatementRequest> ofBatch(Slots slots) {
    Statement statement = new Statement(slots);
    Slot<Boolean> consistentRead = slots.bool("ConsistentRead");
    return input ->
        new BatchStatementRequest(
            statement.text.require(input),
            statement.parameters.get(input),
            consistentRead.get(input),
            statement.onFailure.get(input));
  }

  private static StructureBinding<ParameterizedStatement> ofTransaction(Slots slots) {
    Statement statement = new Statement(slots);
    return input ->
        new ParameterizedStatement(
            statement.text.require(input),
            statement.parameters.get(input),
            statement.onFailure.get(input));
  }
}
