package dev.partita.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.partita.model.AttributeValue;
import dev.partita.model.DecimalNumber;
import dev.partita.model.Item;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.BatchExecuteStatementRequest;
import dev.partita.model.api.BatchExecuteStatementResponse;
import dev.partita.model.api.BatchStatementError;
import dev.partita.model.api.BatchStatementErrorCode;
import dev.partita.model.api.BatchStatementRequest;
import dev.partita.model.api.BatchStatementResponse;
import dev.partita.model.api.ConsumedCapacity;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.ExecuteStatementRequest;
import dev.partita.model.api.ExecuteStatementResponse;
import dev.partita.model.api.ExecuteTransactionRequest;
import dev.partita.model.api.ExecuteTransactionResponse;
import dev.partita.model.api.ItemResponse;
import dev.partita.model.api.ParameterizedStatement;
import dev.partita.model.api.ReturnConsumedCapacity;
import dev.partita.model.api.ReturnValuesOnConditionCheckFailure;
import dev.partita.protocol.encoding.RetainedBytes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** ExecuteStatement, BatchExecuteStatement and ExecuteTransaction. */
class StatementsTest {
  private static final Item ITEM = Item.of(Map.of("p", new AttributeValue.StringValue("x")));
  private static final String ITEM_JSON = "{'p':{'S':'x'}}";
  private static final List<AttributeValue> PARAMETERS =
      List.of(
          new AttributeValue.StringValue("x"), new AttributeValue.NumberValue(DecimalNumber.of(1)));
  private static final String PARAMETERS_JSON = "'Parameters':[{'S':'x'},{'N':'1'}]";
  private static final String ON_FAILURE = "'ReturnValuesOnConditionCheckFailure':'ALL_OLD'";
  private static final ReturnValuesOnConditionCheckFailure ALL_OLD =
      ReturnValuesOnConditionCheckFailure.ALL_OLD;
  private static final String NOT_NUMERIC =
      "The parameter cannot be converted to a numeric value: abc";

  private final ProtocolFixture protocol = new ProtocolFixture();

  @Test
  void requestsBecomeTyped() {
    assertEquals(
        new ExecuteStatementRequest(
            "SELECT", PARAMETERS, true, "t", ReturnConsumedCapacity.TOTAL, 5, ALL_OLD),
        protocol.request(
            "ExecuteStatement",
            "{'Statement':'SELECT',"
                + PARAMETERS_JSON
                + ",'ConsistentRead':true,'NextToken':'t','ReturnConsumedCapacity':'TOTAL',"
                + "'Limit':5,"
                + ON_FAILURE
                + "}"));
    assertEquals(
        new BatchExecuteStatementRequest(
            List.of(
                new BatchStatementRequest("A", PARAMETERS, true, ALL_OLD),
                new BatchStatementRequest("B", null, null, null)),
            ReturnConsumedCapacity.INDEXES),
        protocol.request(
            "BatchExecuteStatement",
            "{'Statements':[{'Statement':'A',"
                + PARAMETERS_JSON
                + ",'ConsistentRead':true,"
                + ON_FAILURE
                + "},{'Statement':'B'}],'ReturnConsumedCapacity':'INDEXES'}"));
    assertEquals(
        new ExecuteTransactionRequest(
            List.of(
                new ParameterizedStatement("A", PARAMETERS, ALL_OLD),
                new ParameterizedStatement("B", null, null)),
            "token",
            ReturnConsumedCapacity.NONE),
        protocol.request(
            "ExecuteTransaction",
            "{'TransactStatements':[{'Statement':'A',"
                + PARAMETERS_JSON
                + ","
                + ON_FAILURE
                + "},{'Statement':'B'}],'ClientRequestToken':'token',"
                + "'ReturnConsumedCapacity':'NONE'}"));
  }

  @Test
  void constraintsOfTheModel() {
    protocol.refuses(
        "ExecuteStatement",
        "{'Statement':'','Parameters':[],'Limit':0,'NextToken':''}",
        "4 validation errors detected: Value '' at 'statement' failed to satisfy constraint: Member"
            + " must have length greater than or equal to 1; Value '[]' at 'parameters' failed to"
            + " satisfy constraint: Member must have length greater than or equal to 1; Value ''"
            + " at 'nextToken' failed to satisfy constraint: Member must have length greater than"
            + " or equal to 1; Value '0' at 'limit' failed to satisfy constraint: Member must have"
            + " value greater than or equal to 1");
    String tooLong = "x".repeat(8193);
    protocol.refuses(
        "ExecuteStatement",
        "{'Statement':'" + tooLong + "'}",
        "1 validation error detected: Value '"
            + tooLong
            + "' at 'statement' failed to satisfy constraint: Member must have length less than or"
            + " equal to 8192");
    protocol.refuses(
        "BatchExecuteStatement",
        "{'Statements':[]}",
        "1 validation error detected: Value '[]' at 'statements' failed to satisfy constraint:"
            + " Member must have length greater than or equal to 1");
    String printed =
        "BatchStatementRequest(statement=A, parameters=null, consistentRead=null,"
            + " returnValuesOnConditionCheckFailure=null)";
    protocol.refuses(
        "BatchExecuteStatement",
        "{'Statements':[" + "{'Statement':'A'},".repeat(25) + "{'Statement':'A'}]}",
        "1 validation error detected: Value '["
            + (printed + ", ").repeat(25)
            + printed
            + "]' at 'statements' failed to satisfy constraint: Member must have length less than"
            + " or equal to 25");
    protocol.refuses(
        "ExecuteTransaction",
        "{'TransactStatements':[{}],'ClientRequestToken':''}",
        "2 validation errors detected: Value '' at 'clientRequestToken' failed to satisfy"
            + " constraint: Member must have length greater than or equal to 1; Value null at"
            + " 'transactStatements.1.member.statement' failed to satisfy constraint: Member must"
            + " not be null");
  }

  @Test
  void aBadParameterEndsAStatementAndATransaction() {
    protocol.refuses(
        "ExecuteStatement",
        "{'Statement':'A','Parameters':[{'S':'x'},{'N':'abc'},{}]}",
        NOT_NUMERIC);
    protocol.refuses(
        "ExecuteTransaction",
        "{'TransactStatements':[{'Statement':'A','Parameters':[{'S':'x'}]},"
            + "{'Statement':'B','Parameters':[{'L':[{'N':'abc'}]}]}]}",
        NOT_NUMERIC);
  }

  /** Source: paritysuite/dynamodb-conformance, error-messages/partiqlParameterNumbers. */
  @Test
  void aBadParameterInABatchGoesAlongWithItsStatement() {
    assertEquals(
        new BatchExecuteStatementRequest(
            List.of(
                new BatchStatementRequest("A", PARAMETERS, null, null),
                new BatchStatementRequest("B", null, true, ALL_OLD, NOT_NUMERIC),
                new BatchStatementRequest("C", null, null, null),
                new BatchStatementRequest(
                    "D",
                    null,
                    null,
                    null,
                    "Supplied AttributeValue is empty, must contain exactly one of the supported"
                        + " datatypes")),
            null),
        protocol.request(
            "BatchExecuteStatement",
            "{'Statements':[{'Statement':'A',"
                + PARAMETERS_JSON
                + "},{'Statement':'B','Parameters':[{'N':'1'},{'N':'abc'},{}],"
                + "'ConsistentRead':true,"
                + ON_FAILURE
                + "},{'Statement':'C'},{'Parameters':[null],'Statement':'D'}]}"));
  }

  @Test
  void responses() {
    ExecuteStatementResponse page =
        new ExecuteStatementResponse(
            List.of(ITEM, ITEM), "t", new ConsumedCapacity("abc", 0.5, null), ITEM);
    answers(
        "ExecuteStatement",
        "{'Statement':'A'}",
        page,
        "{'Items':["
            + ITEM_JSON
            + ","
            + ITEM_JSON
            + "],'NextToken':'t','ConsumedCapacity':{'TableName':'abc','CapacityUnits':0.5},"
            + "'LastEvaluatedKey':"
            + ITEM_JSON
            + "}");
    assertEquals(2L * ITEM.retainedBytes(), RetainedBytes.of(page));
    answers(
        "ExecuteStatement",
        "{'Statement':'A'}",
        new ExecuteStatementResponse(null, null, null, null),
        "{}");
    BatchExecuteStatementResponse batch =
        new BatchExecuteStatementResponse(
            List.of(
                new BatchStatementResponse(null, "abc", ITEM),
                new BatchStatementResponse(null, "abc", null),
                new BatchStatementResponse(
                    new BatchStatementError(
                        BatchStatementErrorCode.CONDITIONAL_CHECK_FAILED, "m", ITEM),
                    "abc",
                    null),
                new BatchStatementResponse(
                    new BatchStatementError(BatchStatementErrorCode.DUPLICATE_ITEM, "d"),
                    null,
                    null)),
            List.of(new ConsumedCapacity("abc", 1, null)));
    answers(
        "BatchExecuteStatement",
        "{'Statements':[{'Statement':'A'}]}",
        batch,
        "{'Responses':[{'TableName':'abc','Item':"
            + ITEM_JSON
            + "},{'TableName':'abc'},{'Error':{'Code':'ConditionalCheckFailed','Message':'m',"
            + "'Item':"
            + ITEM_JSON
            + "},'TableName':'abc'},{'Error':{'Code':'DuplicateItem','Message':'d'}}],"
            + "'ConsumedCapacity':[{'TableName':'abc','CapacityUnits':1.0}]}");
    assertEquals(2L * ITEM.retainedBytes(), RetainedBytes.of(batch));
    ExecuteTransactionResponse transaction =
        new ExecuteTransactionResponse(
            List.of(new ItemResponse(null), new ItemResponse(ITEM)), null);
    answers(
        "ExecuteTransaction",
        "{'TransactStatements':[{'Statement':'A'}]}",
        transaction,
        "{'Responses':[{},{'Item':" + ITEM_JSON + "}]}");
    assertEquals(ITEM.retainedBytes(), RetainedBytes.of(transaction));
  }

  @Test
  void anItemThatIsThereAlready() {
    protocol.database.fail(
        new ApiError(ErrorType.DUPLICATE_ITEM, "Duplicate primary key exists in table"));
    assertEquals(
        "{'__type':'com.amazonaws.dynamodb.v20120810#DuplicateItemException','message':"
                .replace('\'', '"')
            + "\"Duplicate primary key exists in table\"}",
        protocol.answer("ExecuteStatement", "{'Statement':'A'}"));
  }

  private void answers(String operation, String request, ApiResponse response, String expected) {
    protocol.database.answer(response);
    assertEquals(expected.replace('\'', '"'), protocol.answer(operation, request));
  }
}
