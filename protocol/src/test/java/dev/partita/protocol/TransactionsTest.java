package dev.partita.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.model.AttributeValue;
import dev.partita.model.DecimalNumber;
import dev.partita.model.Item;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.CancellationReason;
import dev.partita.model.api.CancellationReasonCode;
import dev.partita.model.api.Capacity;
import dev.partita.model.api.ConsumedCapacity;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.ItemCollectionMetrics;
import dev.partita.model.api.ItemResponse;
import dev.partita.model.api.ReturnConsumedCapacity;
import dev.partita.model.api.ReturnItemCollectionMetrics;
import dev.partita.model.api.ReturnValuesOnConditionCheckFailure;
import dev.partita.model.api.TransactGetItem;
import dev.partita.model.api.TransactGetItemsRequest;
import dev.partita.model.api.TransactGetItemsResponse;
import dev.partita.model.api.TransactWriteItem;
import dev.partita.model.api.TransactWriteItemsRequest;
import dev.partita.model.api.TransactWriteItemsResponse;
import dev.partita.protocol.encoding.RetainedBytes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** TransactWriteItems and TransactGetItems. */
class TransactionsTest {
  private static final Item ITEM = Item.of(Map.of("p", new AttributeValue.StringValue("x")));
  private static final String ITEM_JSON = "{'p':{'S':'x'}}";
  private static final String EXPRESSIONS =
      "'ConditionExpression':'#a = :a','ExpressionAttributeNames':{'#a':'a'},"
          + "'ExpressionAttributeValues':{':a':{'N':'1'}},"
          + "'ReturnValuesOnConditionCheckFailure':'ALL_OLD'";
  private static final Map<String, String> NAMES = Map.of("#a", "a");
  private static final Map<String, AttributeValue> VALUES =
      Map.of(":a", new AttributeValue.NumberValue(DecimalNumber.of(1)));
  private static final ReturnValuesOnConditionCheckFailure ALL_OLD =
      ReturnValuesOnConditionCheckFailure.ALL_OLD;
  private static final String TOO_DEEP =
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
          + " beyond supported limit";
  private static final String DEEP =
      "{'p':{'S':'x'},'d':" + "{'M':{'n':".repeat(32) + "{'S':'x'}" + "}}".repeat(32) + "}";
  private static final String BAD_SYNTAX =
      "{'ConditionCheck':{'TableName':'abc','Key':"
          + ITEM_JSON
          + ",'ConditionExpression':'attribute_not_exists('}}";

  private final ProtocolFixture protocol = new ProtocolFixture();

  private static String put(String item) {
    return "{'Put':{'TableName':'abc','Item':" + item + "}}";
  }

  private void refusesWrites(String items, String message) {
    protocol.refuses("TransactWriteItems", "{'TransactItems':[" + items + "]}", message);
  }

  private void refusesReads(String items, String message) {
    protocol.refuses("TransactGetItems", "{'TransactItems':[" + items + "]}", message);
  }

  @Test
  void allActionsBecomeTyped() {
    String target = "'TableName':'arn:aws:dynamodb:a:1:table/abc','Key':" + ITEM_JSON + ",";
    assertEquals(
        new TransactWriteItemsRequest(
            List.of(
                new TransactWriteItem.Put("abc", ITEM, "#a = :a", NAMES, VALUES, ALL_OLD),
                new TransactWriteItem.Update(
                    "abc", ITEM, "SET b = :a", "#a = :a", NAMES, VALUES, ALL_OLD),
                new TransactWriteItem.Delete("abc", ITEM, "#a = :a", NAMES, VALUES, ALL_OLD),
                new TransactWriteItem.ConditionCheck(
                    "abc", ITEM, "#a = :a", NAMES, VALUES, ALL_OLD),
                new TransactWriteItem.Delete("abd", ITEM, null, null, null, null)),
            ReturnConsumedCapacity.INDEXES,
            ReturnItemCollectionMetrics.SIZE,
            "token"),
        protocol.request(
            "TransactWriteItems",
            "{'TransactItems':[{'Put':{'TableName':'abc','Item':"
                + ITEM_JSON
                + ","
                + EXPRESSIONS
                + "}},{'Update':{'UpdateExpression':'SET b = :a',"
                + target
                + EXPRESSIONS
                + "}},{'Delete':{"
                + target
                + EXPRESSIONS
                + "},'Put':null},{'ConditionCheck':{"
                + target
                + EXPRESSIONS
                + "}},{'Delete':{'TableName':'abd','Key':"
                + ITEM_JSON
                + "}}],'ReturnConsumedCapacity':'INDEXES','ReturnItemCollectionMetrics':'SIZE',"
                + "'ClientRequestToken':'token'}"));
  }

  @Test
  void readsBecomeTyped() {
    assertEquals(
        new TransactGetItemsRequest(
            List.of(
                new TransactGetItem("abc", ITEM, "#a", NAMES),
                new TransactGetItem("abd", ITEM, null, null)),
            ReturnConsumedCapacity.TOTAL),
        protocol.request(
            "TransactGetItems",
            "{'TransactItems':[{'Get':{'TableName':'abc','Key':"
                + ITEM_JSON
                + ",'ProjectionExpression':'#a','ExpressionAttributeNames':{'#a':'a'}}},"
                + "{'Get':{'TableName':'abd','Key':"
                + ITEM_JSON
                + "}}],'ReturnConsumedCapacity':'TOTAL'}"));
  }

  @Test
  void constraintsOfTheModel() {
    String tooFew =
        "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint:"
            + " Member must have length greater than or equal to 1";
    refusesWrites("", tooFew);
    refusesReads("", tooFew);
    String gets = "{'Get':{'TableName':'abc','Key':{}}}";
    protocol.refuses(
        "TransactGetItems",
        "{'TransactItems':[" + (gets + ",").repeat(100) + gets + "]}",
        "1 validation error detected: Value '["
            + printedGet().repeat(100)
            + printedGet().substring(0, printedGet().length() - 2)
            + "]' at 'transactItems' failed to satisfy constraint: Member must have length less"
            + " than or equal to 100");
    String token = "x".repeat(37);
    protocol.refuses(
        "TransactWriteItems",
        "{'TransactItems':["
            + put("{}")
            + "],'ReturnItemCollectionMetrics':'c','ReturnConsumedCapacity':'b',"
            + "'ClientRequestToken':'"
            + token
            + "'}",
        "3 validation errors detected: Value '"
            + token
            + "' at 'clientRequestToken' failed to satisfy constraint: Member must have length less"
            + " than or equal to 36; Value 'b' at 'returnConsumedCapacity' failed to satisfy"
            + " constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; Value 'c'"
            + " at 'returnItemCollectionMetrics' failed to satisfy constraint: Member must satisfy"
            + " enum value set: [SIZE, NONE]");
    refusesWrites(
        "{'ConditionCheck':{'TableName':'abc','Key':{}}},{'Put':{'Item':{},"
            + "'ReturnValuesOnConditionCheckFailure':'x'}}",
        "3 validation errors detected: Value null at"
            + " 'transactItems.1.member.conditionCheck.conditionExpression' failed to satisfy"
            + " constraint: Member must not be null; Value null at"
            + " 'transactItems.2.member.put.tableName' failed to satisfy constraint: Member must"
            + " not be null; Value 'x' at"
            + " 'transactItems.2.member.put.returnValuesOnConditionCheckFailure' failed to satisfy"
            + " constraint: Member must satisfy enum value set: [ALL_OLD, NONE]");
    refusesReads(
        "{}",
        "1 validation error detected: Value null at 'transactItems.1.member.get' failed to satisfy"
            + " constraint: Member must not be null");
  }

  private static String printedGet() {
    return "TransactGetItem(get=Get(key={}, tableName=abc, projectionExpression=null,"
        + " expressionAttributeNames=null)), ";
  }

  @Test
  void anItemIsOneAction() {
    String message = "TransactItems can only contain one of Check, Put, Update or Delete";
    refusesWrites("{}", message);
    refusesWrites(
        "{'Put':{'TableName':'abc','Item':{}},'Delete':{'TableName':'abc','Key':{}}}", message);
  }

  @Test
  void expressionParametersOfEachAction() {
    String start = "{'Put':{'TableName':'abc','Item':" + ITEM_JSON + ",";
    refusesWrites(
        start + "'ExpressionAttributeNames':{'#a':'a'}}}",
        "ExpressionAttributeNames can only be specified when using expressions");
    refusesWrites(
        put(ITEM_JSON) + "," + start + "'ExpressionAttributeValues':{':a':{'S':'a'}}}}",
        "ExpressionAttributeValues can only be specified when using expressions:"
            + " ConditionExpression is null");
    refusesWrites(
        start + "'ConditionExpression':'a = b','ExpressionAttributeValues':{}}}",
        "ExpressionAttributeValues must not be empty");
    refusesWrites(
        "{'Update':{'TableName':'abc','Key':" + ITEM_JSON + ",'UpdateExpression':''}}",
        "Invalid UpdateExpression: The expression can not be empty;");
    refusesReads(
        "{'Get':{'TableName':'abc','Key':" + ITEM_JSON + ",'ExpressionAttributeNames':{'#a':'a'}}}",
        "ExpressionAttributeNames can only be specified when using expressions");
    refusesReads(
        "{'Get':{'TableName':'abc','Key':" + ITEM_JSON + ",'ProjectionExpression':''}}",
        "Invalid ProjectionExpression: The expression can not be empty;");
  }

  @Test
  void badValuesAreToldAtTheirAction() {
    refusesWrites(
        put("{'p':{'N':'abc'}}"), "The parameter cannot be converted to a numeric value: abc");
    String notNumeric =
        "ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a"
            + " numeric value";
    refusesWrites(update("{'p':{'S':'x'}}", "{':v':{'N':'abc'}}"), notNumeric + ": abc for key :v");
    refusesWrites(update("{'p':{'S':'x'}}", "{':v':{'N':''}}"), notNumeric + " for key :v");
    refusesWrites(
        update("{'p':{'S':'x'}}", "{':v':{'S':'x'},':w':{}}"),
        "ExpressionAttributeValues contains invalid value: Supplied AttributeValue is empty, must"
            + " contain exactly one of the supported datatypes for key :w");
    refusesWrites(
        update("{'p':{'SS':[]}}", "{':v':{'N':'abc'}}"),
        "One or more parameter values were invalid: An string set  may not be empty");
    refusesReads(
        "{'Get':{'TableName':'abc','Key':{'p':{'N':'1e126'}}}}",
        "Number overflow. Attempting to store a number with magnitude larger than supported range");
  }

  private static String update(String key, String values) {
    return "{'Update':{'TableName':'abc','Key':"
        + key
        + ",'UpdateExpression':'SET n = :v','ExpressionAttributeValues':"
        + values
        + "}}";
  }

  /** Source: paritysuite/dynamodb-conformance, validation-ordering/transactions. */
  @Test
  void theFirstActionThatIsWrongIsTold() {
    String syntax = "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"(\"";
    refusesWrites(BAD_SYNTAX + "," + put(DEEP), syntax);
    refusesWrites(put(DEEP) + "," + BAD_SYNTAX, TOO_DEEP);
    refusesWrites(
        update("{'p':{'S':'x'}}", "{':v':{'S':'a'},':w':{'S':'b'}}") + "," + put(DEEP),
        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}");
    refusesWrites(put(ITEM_JSON) + "," + put(DEEP) + "," + put("{'p':{}}"), TOO_DEEP);
    refusesReads(
        "{'Get':{'TableName':'abc','Key':{},'ProjectionExpression':'a,'}},"
            + "{'Get':{'TableName':'abc','Key':{'p':{}}}}",
        "Invalid ProjectionExpression: Syntax error; token: \"<EOF>\", near: \",\"");
    // What does not parse is the database's to tell where nothing else is wrong.
    protocol.request("TransactWriteItems", "{'TransactItems':[" + BAD_SYNTAX + "]}");
  }

  @Test
  void responses() {
    ConsumedCapacity capacity =
        new ConsumedCapacity(
            "abc",
            3,
            null,
            3.0,
            new Capacity(2, null, 2.0),
            Map.of("lsi", new Capacity(0.5, null, 0.5)),
            Map.of("gsi", new Capacity(0.5, null, 0.5)));
    protocol.database.answer(
        new TransactWriteItemsResponse(
            List.of(capacity),
            Map.of("abc", List.of(new ItemCollectionMetrics(ITEM, List.of(0.0, 1.0))))));
    answers(
        "TransactWriteItems",
        "{'TransactItems':[{'Put':{'TableName':'arn:aws:dynamodb:a:1:table/abc','Item':{}}}]}",
        "{'ConsumedCapacity':[{'TableName':'arn:aws:dynamodb:a:1:table/abc','CapacityUnits':3.0,"
            + "'WriteCapacityUnits':3.0,'Table':{'CapacityUnits':2.0,'WriteCapacityUnits':2.0},"
            + "'LocalSecondaryIndexes':{'lsi':{'CapacityUnits':0.5,'WriteCapacityUnits':0.5}},"
            + "'GlobalSecondaryIndexes':{'gsi':{'CapacityUnits':0.5,'WriteCapacityUnits':0.5}}}],"
            + "'ItemCollectionMetrics':{'arn:aws:dynamodb:a:1:table/abc':[{'ItemCollectionKey':"
            + ITEM_JSON
            + ",'SizeEstimateRangeGB':[0.0,1.0]}]}}");
    protocol.database.answer(new TransactWriteItemsResponse(null, null));
    answers("TransactWriteItems", "{'TransactItems':[" + put("{}") + "]}", "{}");
    TransactGetItemsResponse read =
        new TransactGetItemsResponse(
            List.of(new ConsumedCapacity("abc", 4, 4.0, null, null, null, null)),
            List.of(new ItemResponse(ITEM), new ItemResponse(null)));
    protocol.database.answer(read);
    answers(
        "TransactGetItems",
        "{'TransactItems':[{'Get':{'TableName':'abc','Key':{}}}]}",
        "{'ConsumedCapacity':[{'TableName':'abc','CapacityUnits':4.0,'ReadCapacityUnits':4.0}],"
            + "'Responses':[{'Item':"
            + ITEM_JSON
            + "},{}]}");
    assertEquals(ITEM.retainedBytes(), RetainedBytes.of(read));
    assertTrue(ITEM.retainedBytes() > 0);
  }

  private void answers(String operation, String request, String expected) {
    assertEquals(expected.replace('\'', '"'), protocol.answer(operation, request));
  }

  @Test
  void errors() {
    failsWith(
        ApiError.transactionCanceled(
            List.of(
                new CancellationReason(
                    CancellationReasonCode.CONDITIONAL_CHECK_FAILED,
                    "The conditional request failed",
                    ITEM),
                CancellationReason.none())),
        "{'__type':'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',"
            + "'CancellationReasons':[{'Code':'ConditionalCheckFailed','Item':"
            + ITEM_JSON
            + ",'Message':'The conditional request failed'},{'Code':'None'}],"
            + "'Message':'Transaction cancelled, please refer cancellation reasons for specific"
            + " reasons [ConditionalCheckFailed, None]'}");
    String namespace = "{'__type':'com.amazonaws.dynamodb.v20120810#";
    failsWith(
        new ApiError(ErrorType.IDEMPOTENT_PARAMETER_MISMATCH, "m"),
        namespace + "IdempotentParameterMismatchException','Message':'m'}");
    failsWith(
        new ApiError(ErrorType.TRANSACTION_IN_PROGRESS, "m"),
        namespace + "TransactionInProgressException','Message':'m'}");
    failsWith(
        new ApiError(ErrorType.TRANSACTION_CONFLICT, "m"),
        namespace + "TransactionConflictException','message':'m'}");
  }

  private void failsWith(ApiError error, String expected) {
    protocol.database.fail(error);
    WireResponse answer =
        protocol.send(
            "TransactWriteItems", ProtocolFixture.json("{'TransactItems':[" + put("{}") + "]}"));
    assertEquals(expected.replace('\'', '"'), ProtocolFixture.text(answer));
    assertEquals(400, answer.status());
  }
}
