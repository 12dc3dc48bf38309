package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** TransactWriteItems and TransactGetItems with the AWS SDK, over one group and over several. */
@ExtendWith(SharedServer.class)
@ParameterizedClass
@ValueSource(ints = {1, 4})
class TransactionTest {
  private final Server server;
  private final DynamoDbClient client;
  private final String table;
  private final String other;

  TransactionTest(int groups, SharedServer.OfGroups servers) {
    server = servers.of(groups);
    client = server.sdk();
    table = Tables.withPartitionKey(client);
    other = Tables.withSortKey(client);
  }

  private TransactWriteItem put(String p) {
    return Actions.put(r -> r.tableName(table).item(Actions.key(p)));
  }

  private TransactWriteItem count(String p) {
    return Actions.count(table, p);
  }

  private static Map<String, AttributeValue> sorted(String p, long s) {
    return Values.item("p", Values.string(p), "s", Values.number(s));
  }

  private TransactWriteItemsResponse write(TransactWriteItem... actions) {
    return client.transactWriteItems(r -> r.transactItems(actions));
  }

  private List<CancellationReason> canceled(TransactWriteItem... actions) {
    TransactionCanceledException canceled =
        assertThrows(TransactionCanceledException.class, () -> write(actions));
    List<String> codes = canceled.cancellationReasons().stream().map(r -> r.code()).toList();
    assertEquals(
        "Transaction cancelled, please refer cancellation reasons for specific reasons ["
            + String.join(", ", codes)
            + "]",
        canceled.awsErrorDetails().errorMessage());
    return canceled.cancellationReasons();
  }

  private Map<String, AttributeValue> get(String p) {
    return client.getItem(r -> r.tableName(table).key(Actions.key(p)).consistentRead(true)).item();
  }

  private long number(String p) {
    return Long.parseLong(Values.of(get(p), "n").n());
  }

  @Test
  void allActionsTogether() {
    String a = Actions.name();
    String b = Actions.name();
    String c = Actions.name();
    write(put(b), put(c));
    write(
        Actions.put(r ->
            r.tableName(table)
                .item(Values.item("p", Values.string(a), "v", Values.number(1)))
                .conditionExpression("attribute_not_exists(p)")),
        count(b),
        Actions.delete(r -> r.tableName(table).key(Actions.key(c))),
        Actions.put(r -> r.tableName(other).item(sorted(a, 7))),
        TransactWriteItem.builder()
            .conditionCheck(r ->
                r.tableName(other).key(sorted(b, 1)).conditionExpression("attribute_not_exists(p)"))
            .build());
    assertEquals(Values.number(1), get(a).get("v"));
    assertEquals(1, number(b));
    assertFalse(client.getItem(r -> r.tableName(table).key(Actions.key(c))).hasItem());
    assertTrue(client.getItem(r -> r.tableName(other).key(sorted(a, 7))).hasItem());
    assertFalse(client.getItem(r -> r.tableName(other).key(sorted(b, 1))).hasItem());
  }

  @Test
  void oneFailureChangesNothingAndEachActionHasItsReason() {
    String a = Actions.name();
    String b = Actions.name();
    String c = Actions.name();
    client.putItem(
        r -> r.tableName(table).item(Values.item("p", Values.string(b), "v", Values.number(5))));
    List<CancellationReason> reasons =
        canceled(
            put(a),
            Actions.put(r ->
                r.tableName(table)
                    .item(Actions.key(b))
                    .conditionExpression("attribute_not_exists(p)")
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD)),
            Actions.update(r ->
                r.tableName(table)
                    .key(Actions.key(c))
                    .updateExpression("SET x = y + :one")
                    .expressionAttributeValues(Map.of(":one", Values.number(1)))));
    assertEquals("None", reasons.get(0).code());
    assertNull(reasons.get(0).message());
    assertEquals("ConditionalCheckFailed", reasons.get(1).code());
    assertEquals("The conditional request failed", reasons.get(1).message());
    assertEquals(Values.number(5), reasons.get(1).item().get("v"));
    assertEquals("ValidationError", reasons.get(2).code());
    assertEquals(
        "The provided expression refers to an attribute that does not exist in the item",
        reasons.get(2).message());
    assertTrue(get(a).isEmpty());
    assertEquals(Values.number(5), get(b).get("v"));
  }

  @Test
  void aMissingItemIsNotToldAndNeitherIsOneThatWasNotAskedFor() {
    String there = Actions.name();
    write(put(there));
    List<CancellationReason> reasons =
        canceled(
            TransactWriteItem.builder()
                .conditionCheck(r ->
                    r.tableName(table)
                        .key(Actions.key(Actions.name()))
                        .conditionExpression("attribute_exists(p)")
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build(),
            Actions.delete(r ->
                r.tableName(table)
                    .key(Actions.key(there))
                    .conditionExpression("attribute_not_exists(p)")));
    assertFalse(reasons.get(0).hasItem());
    assertFalse(reasons.get(1).hasItem());
  }

  @Test
  void whatIsTooLargeFailsTheRequestOrItsAction() {
    int tooLarge = 400 * 1024;
    assertEquals(
        "Item size has exceeded the maximum allowed size",
        invalid(
            Actions.put(r ->
                r.tableName(table)
                    .item(
                        Values.item(
                            "p", Values.string(Actions.name()), "v", Values.bytes(tooLarge))))));
    List<CancellationReason> reasons =
        canceled(
            Actions.update(r ->
                r.tableName(table)
                    .key(Actions.key(Actions.name()))
                    .updateExpression("SET v = :v")
                    .expressionAttributeValues(Map.of(":v", Values.bytes(tooLarge)))));
    assertEquals("ValidationError", reasons.getFirst().code());
    assertEquals(
        "Item size to update has exceeded the maximum allowed size", reasons.getFirst().message());
    TransactWriteItem[] many =
        IntStream.range(0, 12)
            .mapToObj(i ->
                Actions.put(r ->
                    r.tableName(table)
                        .item(
                            Values.item(
                                "p", Values.string(Actions.name()), "v", Values.bytes(360_000)))))
            .toArray(TransactWriteItem[]::new);
    assertEquals("Transaction payload size cannot exceed 4 MB", invalid(many));
    write(Arrays.copyOf(many, 11));
  }

  private String invalid(TransactWriteItem... actions) {
    var error = assertThrows(DynamoDbException.class, () -> write(actions));
    assertEquals("ValidationException", error.awsErrorDetails().errorCode());
    return error.awsErrorDetails().errorMessage();
  }

  @Test
  void aHundredActionsAndAHundredGets() {
    String prefix = Actions.name();
    client.transactWriteItems(
        r -> r.transactItems(IntStream.range(0, 100).mapToObj(i -> count(prefix + i)).toList()));
    List<ItemResponse> read =
        client
            .transactGetItems(r ->
                r.transactItems(
                    IntStream.range(0, 100).mapToObj(i -> Actions.get(table, prefix + i)).toList()))
            .responses();
    assertEquals(100, read.size());
    for (int i = 0; i < 100; i++) {
      assertEquals(Values.string(prefix + i), read.get(i).item().get("p"));
    }
  }

  @Test
  void refusals() {
    new Refusals(server.raw(), table)
        .invalid(
            "TransactWriteItems",
            "{'TransactItems':[{'Put':{'TableName':'@T','Item':{'p':{'S':'a'}}}},"
                + "{'Delete':{'TableName':'@T','Key':{'p':{'S':'a'}}}}]}",
            "Transaction request cannot include multiple operations on one item")
        .error(
            "TransactWriteItems",
            "{'TransactItems':[{'Put':{'TableName':'no-such','Item':{'p':{'S':'a'}}}}]}",
            "400 ResourceNotFoundException: Requested resource not found")
        .invalid(
            "TransactWriteItems",
            "{'TransactItems':[{'Put':{'TableName':'@T','Item':{'p':{'S':''}}}}]}",
            "One or more parameter values are not valid. The AttributeValue for a key attribute"
                + " cannot contain an empty string value. Key: p")
        .invalid(
            "TransactWriteItems",
            "{'TransactItems':[{'Delete':{'TableName':'@T','Key':{'p':{'S':''}}}}]}",
            "One or more parameter values are not valid. The AttributeValue for a key attribute"
                + " cannot contain an empty string value. Key: p")
        .error(
            "TransactWriteItems",
            "{'TransactItems':[{'Put':{'TableName':'@T','Item':{'p':{'N':'5'}}}},"
                + "{'Delete':{'TableName':'@T','Key':{'p':{'S':'fine'}}}}]}",
            "400 TransactionCanceledException: Transaction cancelled, please refer cancellation"
                + " reasons for specific reasons [ValidationError, None]")
        // What no expression uses comes before a missing table and before two actions on one item.
        .invalid(
            "TransactWriteItems",
            "{'TransactItems':[{'Put':{'TableName':'no-such','Item':{'p':{'S':'a'}}}},"
                + "{'ConditionCheck':{'TableName':'@T','Key':{'p':{'S':'a'}},"
                + "'ConditionExpression':'attribute_not_exists(p)',"
                + "'ExpressionAttributeValues':{':v':{'S':'x'}}}}]}",
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}")
        .invalid(
            "TransactWriteItems",
            "{'TransactItems':[{'Put':{'TableName':'no-such','Item':{'p':{'S':'a'}}}},"
                + "{'ConditionCheck':{'TableName':'@T','Key':{'p':{'S':'a'}},"
                + "'ConditionExpression':'attribute_not_exists('}}]}",
            "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"(\"")
        .invalid(
            "TransactGetItems",
            "{'TransactItems':[{'Get':{'TableName':'@T','Key':{'p':{'S':'a'}}}},"
                + "{'Get':{'TableName':'@T','Key':{'p':{'S':'a'}}}}]}",
            "Transaction request cannot include multiple operations on one item")
        .error(
            "TransactGetItems",
            "{'TransactItems':[{'Get':{'TableName':'no-such','Key':{'p':{'S':'a'}}}}]}",
            "400 ResourceNotFoundException: Requested resource not found")
        .error(
            "TransactGetItems",
            "{'TransactItems':[{'Get':{'TableName':'@T','Key':{}}}]}",
            "400 TransactionCanceledException: Transaction cancelled, please refer cancellation"
                + " reasons for specific reasons [ValidationError]")
        .invalid(
            "TransactGetItems",
            "{'TransactItems':[{'Get':{'TableName':'@T','Key':{'p':{'S':'a'}},"
                + "'ProjectionExpression':'!!!'}}]}",
            "Invalid ProjectionExpression: Syntax error; token: \"!\", near: \"!!\"")
        .verify();
  }

  @Test
  void keysOfTheWrongTypeAreReasonsOfTheirActions() {
    Map<String, AttributeValue> wrong = Values.item("p", Values.number(5));
    assertEquals(
        List.of(
            "One or more parameter values were invalid: Type mismatch for key p expected: S"
                + " actual: N"),
        canceled(Actions.put(r -> r.tableName(table).item(wrong))).stream()
            .map(r -> r.message())
            .toList());
    assertEquals(
        List.of("The provided key element does not match the schema"),
        canceled(Actions.delete(r -> r.tableName(table).key(wrong))).stream()
            .map(r -> r.message())
            .toList());
    assertEquals(
        "One or more parameter values were invalid: Cannot update attribute p. This attribute is"
            + " part of the key",
        canceled(
                Actions.update(r ->
                    r.tableName(table)
                        .key(Actions.key(Actions.name()))
                        .updateExpression("SET p = :v")
                        .expressionAttributeValues(Map.of(":v", Values.string("x")))))
            .getFirst()
            .message());
  }

  @Test
  void aGetTellsWhatItWasAskedForAndNothingOfWhatIsMissing() {
    String a = Actions.name();
    client.putItem(r ->
        r.tableName(table)
            .item(
                Values.item("p", Values.string(a), "v", Values.number(1), "w", Values.number(2))));
    List<ItemResponse> responses =
        client
            .transactGetItems(r ->
                r.transactItems(
                    TransactGetItem.builder()
                        .get(g -> g.tableName(table).key(Actions.key(a)).projectionExpression("w"))
                        .build(),
                    Actions.get(table, Actions.name())))
            .responses();
    assertEquals(Map.of("w", Values.number(2)), responses.get(0).item());
    assertFalse(responses.get(1).hasItem());
    assertFalse(
        client
            .transactGetItems(r ->
                r.transactItems(
                    TransactGetItem.builder()
                        .get(g ->
                            g.tableName(table).key(Actions.key(a)).projectionExpression("nothing"))
                        .build()))
            .responses()
            .getFirst()
            .hasItem());
  }

  @Test
  void capacityIsDoubleAndToldForEachTable() {
    String a = Actions.name();
    TransactWriteItemsRequest request =
        TransactWriteItemsRequest.builder()
            .transactItems(
                Actions.put(r ->
                    r.tableName(table)
                        .item(Values.item("p", Values.string(a), "v", Values.bytes(1_500)))),
                Actions.put(r -> r.tableName(other).item(sorted(a, 1))),
                Actions.delete(r -> r.tableName(other).key(sorted(a, 2))))
            .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
            .clientRequestToken(Actions.name())
            .build();
    List<ConsumedCapacity> first = client.transactWriteItems(request).consumedCapacity();
    assertEquals(List.of(table, other), first.stream().map(c -> c.tableName()).toList());
    for (ConsumedCapacity capacity : first) {
      assertEquals(4, capacity.capacityUnits());
      assertEquals(4, capacity.writeCapacityUnits());
      assertNull(capacity.readCapacityUnits());
      assertEquals(4, capacity.table().capacityUnits());
      assertEquals(4, capacity.table().writeCapacityUnits());
    }
    List<ConsumedCapacity> again = client.transactWriteItems(request).consumedCapacity();
    assertEquals(List.of(table, other), again.stream().map(c -> c.tableName()).toList());
    assertEquals(2, again.get(0).readCapacityUnits());
    assertEquals(2, again.get(0).table().readCapacityUnits());
    assertNull(again.get(0).writeCapacityUnits());
    assertEquals(4, again.get(1).capacityUnits());
    ConsumedCapacity read =
        client
            .transactGetItems(r ->
                r.transactItems(Actions.get(table, a), Actions.get(table, Actions.name()))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
            .consumedCapacity()
            .getFirst();
    assertEquals(4, read.capacityUnits());
    assertEquals(4, read.readCapacityUnits());
    assertNull(read.table());
  }

  @Test
  void aTokenIsCarriedOutOnceForOneRequest() {
    String a = Actions.name();
    String b = Actions.name();
    String token = Actions.name();
    Consumer<TransactWriteItemsRequest.Builder> request =
        r -> r.transactItems(count(a), count(b)).clientRequestToken(token);
    client.transactWriteItems(request);
    client.transactWriteItems(request);
    assertEquals(1, number(a));
    assertEquals(1, number(b));
    assertEquals(
        "Specified idempotent token was used with different request parameters within the"
            + " idempotency window",
        assertThrows(
                IdempotentParameterMismatchException.class,
                () ->
                    client.transactWriteItems(r ->
                        r.transactItems(count(a), count(Actions.name())).clientRequestToken(token)))
            .awsErrorDetails()
            .errorMessage());
    client.transactWriteItems(r -> r.transactItems(count(a), count(b)));
    assertEquals(2, number(a));
  }

  @Test
  void aTokenDoesNotMindTheOrderOfAttributes() {
    String token = Actions.name();
    String a = Actions.name();
    String request =
        "{'ClientRequestToken':'"
            + token
            + "','TransactItems':[{'Put':{'TableName':'"
            + table
            + "','Item':{%s}}}]}";
    assertEquals(
        200,
        server
            .raw()
            .post(
                "TransactWriteItems",
                request.formatted(
                    "'p':{'S':'" + a + "'},'x':{'NS':['1','2.0']},'y':{'M':{'i':{'S':''}}}"))
            .status());
    assertEquals(
        200,
        server
            .raw()
            .post(
                "TransactWriteItems",
                request.formatted(
                    "'y':{'M':{'i':{'S':''}}},'x':{'NS':['2','1']},'p':{'S':'" + a + "'}"))
            .status());
    assertEquals(
        "IdempotentParameterMismatchException",
        server
            .raw()
            .post(
                "TransactWriteItems",
                request.formatted(
                    "'y':{'M':{'i':{'S':'x'}}},'x':{'NS':['2','1']},'p':{'S':'" + a + "'}"))
            .errorType());
  }
}
