package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** PutItem, GetItem, UpdateItem and DeleteItem with the AWS SDK. */
@ExtendWith(SharedServer.class)
class ItemOperationsTest {
  private static final Map<String, AttributeValue> KEY = Values.item("p", Values.string("key"));

  private final DynamoDbClient client;
  private String table = "";

  ItemOperationsTest(Server server) {
    this.client = server.sdk();
  }

  @BeforeEach
  void createTable() {
    table = Tables.withPartitionKey(client);
  }

  private static Map<String, AttributeValue> with(Object... namesAndValues) {
    Map<String, AttributeValue> item = Values.item(namesAndValues);
    item.putAll(KEY);
    return item;
  }

  private void put(Object... namesAndValues) {
    client.putItem(r -> r.tableName(table).item(with(namesAndValues)));
  }

  private Map<String, AttributeValue> stored() {
    return client.getItem(r -> r.tableName(table).key(KEY).consistentRead(true)).item();
  }

  private UpdateItemResponse update(
      String expression, ReturnValue returned, Object... placeholders) {
    UpdateItemRequest.Builder request =
        UpdateItemRequest.builder()
            .tableName(table)
            .key(KEY)
            .updateExpression(expression)
            .returnValues(returned);
    if (placeholders.length > 0) {
      request.expressionAttributeValues(Values.item(placeholders));
    }
    return client.updateItem(request.build());
  }

  @Test
  void whatIsPutIsReadAndReplacedWhole() {
    put("a", Values.number(1), "b", Values.number(2));
    assertEquals(with("a", Values.number(1), "b", Values.number(2)), stored());
    PutItemRequest request =
        PutItemRequest.builder()
            .tableName(table)
            .item(with("c", Values.number(3)))
            .returnValues(ReturnValue.ALL_OLD)
            .build();
    assertEquals(
        with("a", Values.number(1), "b", Values.number(2)), client.putItem(request).attributes());
    assertEquals(with("c", Values.number(3)), stored());
    var missing = Values.item("p", Values.string("missing"));
    assertFalse(client.getItem(r -> r.tableName(table).key(missing)).hasItem());
    assertFalse(
        client
            .putItem(r -> r.tableName(table).item(missing).returnValues(ReturnValue.ALL_OLD))
            .hasAttributes());
  }

  @Test
  void aProjectionPicksAttributesAndPathsInDocuments() {
    put(
        "a",
        Values.number(1),
        "elements",
        Values.list(Values.number(0), Values.number(1), Values.number(2), Values.number(3)),
        "doc",
        Values.map("x", Values.map("y", Values.string("deep")), "z", Values.string("no")));
    Map<String, AttributeValue> item =
        client
            .getItem(r ->
                r.tableName(table)
                    .key(KEY)
                    .projectionExpression(
                        "#a, elements[3], elements[1], doc.x.y, unknown_one.inside")
                    .expressionAttributeNames(Map.of("#a", "a")))
            .item();
    assertEquals(
        Values.item(
            "a",
            Values.number(1),
            "elements",
            Values.list(Values.number(1), Values.number(3)),
            "doc",
            Values.map("x", Values.map("y", Values.string("deep")))),
        item);
    assertEquals(
        Values.item("a", Values.number(1)),
        client.getItem(r -> r.tableName(table).key(KEY).attributesToGet("a", "none")).item());
    var nothing =
        client.getItem(r -> r.tableName(table).key(KEY).projectionExpression("nothing_there"));
    assertTrue(nothing.hasItem() && nothing.item().isEmpty(), "an item without these attributes");
  }

  @Test
  void aConditionDecidesOnTheOldItem() {
    client.putItem(r ->
        r.tableName(table)
            .item(with("n", Values.number(1)))
            .conditionExpression("attribute_not_exists(p)"));
    ConditionalCheckFailedException failed =
        assertThrows(
            ConditionalCheckFailedException.class,
            () ->
                client.putItem(r ->
                    r.tableName(table)
                        .item(with("n", Values.number(2)))
                        .conditionExpression("attribute_not_exists(p)")
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD)));
    assertEquals("The conditional request failed", failed.awsErrorDetails().errorMessage());
    assertEquals(400, failed.statusCode());
    assertEquals(with("n", Values.number(1)), failed.item());
    ConditionalCheckFailedException bare =
        assertThrows(
            ConditionalCheckFailedException.class,
            () ->
                client.deleteItem(r ->
                    r.tableName(table)
                        .key(KEY)
                        .conditionExpression("n > :one")
                        .expressionAttributeValues(Map.of(":one", Values.number(1)))));
    assertFalse(bare.hasItem());
    client.updateItem(r ->
        r.tableName(table)
            .key(KEY)
            .updateExpression("SET n = :two")
            .conditionExpression("n BETWEEN :one AND :two AND NOT contains(p, :two_text)")
            .expressionAttributeValues(
                Map.of(
                    ":one",
                    Values.number(1),
                    ":two",
                    Values.number(2),
                    ":two_text",
                    Values.string("2"))));
    assertEquals(with("n", Values.number(2)), stored());
  }

  @Test
  void everyClauseOfAnUpdateActsOnTheOldItem() {
    put(
        "n",
        Values.number(5),
        "gone",
        Values.string("x"),
        "tags",
        AttributeValue.fromSs(List.of("a", "b")),
        "elements",
        Values.list(Values.number(1)),
        "doc",
        Values.map());
    UpdateItemResponse updated =
        update(
            "SET n = n - :two, elements = list_append(elements, :more),"
                + " doc.x = if_not_exists(doc.x, :two),"
                + " duplicate = n REMOVE gone ADD counts :two DELETE tags :some",
            ReturnValue.ALL_NEW,
            ":two",
            Values.number(2),
            ":more",
            Values.list(Values.string("z")),
            ":some",
            AttributeValue.fromSs(List.of("a", "c")));
    Map<String, AttributeValue> expected =
        with(
            "n",
            Values.number(3),
            "duplicate",
            Values.number(5),
            "tags",
            AttributeValue.fromSs(List.of("b")),
            "elements",
            Values.list(Values.number(1), Values.string("z")),
            "doc",
            Values.map("x", Values.number(2)),
            "counts",
            Values.number(2));
    assertEquals(expected, updated.attributes());
    assertEquals(expected, stored());
  }

  @Test
  void anUpdateReturnsWhatIsAskedFor() {
    put(
        "a",
        Values.number(1),
        "b",
        Values.number(1),
        "m",
        Values.map("x", Values.number(1), "y", Values.number(2)));
    assertEquals(
        Values.item("a", Values.number(2), "m", Values.map("x", Values.number(2))),
        update("SET a = :v, m.x = :v", ReturnValue.UPDATED_NEW, ":v", Values.number(2))
            .attributes());
    assertEquals(
        Values.item("a", Values.number(2), "m", Values.map("x", Values.number(2))),
        update("SET a = :v, m.x = :v", ReturnValue.UPDATED_OLD, ":v", Values.number(3))
            .attributes());
    assertEquals(
        with(
            "a",
            Values.number(3),
            "b",
            Values.number(1),
            "m",
            Values.map("x", Values.number(3), "y", Values.number(2))),
        update("REMOVE b", ReturnValue.ALL_OLD).attributes());
    assertFalse(update("REMOVE b", ReturnValue.NONE).hasAttributes());
    assertFalse(update("REMOVE a", ReturnValue.UPDATED_NEW).hasAttributes());
  }

  @Test
  void anUpdateCreatesAnItemExceptWhenItOnlyRemoves() {
    client.updateItem(r -> r.tableName(table).key(KEY));
    assertEquals(KEY, stored());
    client.deleteItem(r -> r.tableName(table).key(KEY));
    update("REMOVE a", ReturnValue.NONE);
    assertEquals(Map.of(), stored());
    update("ADD visits :one", ReturnValue.NONE, ":one", Values.number(1));
    assertEquals(with("visits", Values.number(1)), stored());
  }

  @Test
  void aDeletedItemIsGoneAndDeletingTwiceIsFine() {
    put("a", Values.number(1));
    assertEquals(
        with("a", Values.number(1)),
        client
            .deleteItem(r -> r.tableName(table).key(KEY).returnValues(ReturnValue.ALL_OLD))
            .attributes());
    assertEquals(Map.of(), stored());
    assertFalse(
        client
            .deleteItem(r -> r.tableName(table).key(KEY).returnValues(ReturnValue.ALL_OLD))
            .hasAttributes());
  }

  @Test
  void legacyParametersWorkAsBefore() {
    put("n", Values.number(1), "tags", AttributeValue.fromSs(List.of("a")));
    client.updateItem(r ->
        r.tableName(table)
            .key(KEY)
            .expected(
                Map.of(
                    "n",
                    ExpectedAttributeValue.builder()
                        .comparisonOperator("GE")
                        .attributeValueList(Values.number(1))
                        .build(),
                    "none",
                    ExpectedAttributeValue.builder().exists(false).build()))
            .attributeUpdates(
                Map.of(
                    "n",
                    change(AttributeAction.ADD, Values.number(10)),
                    "tags",
                    change(AttributeAction.ADD, AttributeValue.fromSs(List.of("b"))),
                    "text",
                    change(AttributeAction.PUT, Values.string("t")))));
    Map<String, AttributeValue> item = stored();
    assertEquals(Values.number(11), item.get("n"));
    assertEquals(List.of("a", "b"), Values.of(item, "tags").ss().stream().sorted().toList());
    assertEquals(Values.string("t"), item.get("text"));
    assertThrows(
        ConditionalCheckFailedException.class,
        () ->
            client.deleteItem(r ->
                r.tableName(table)
                    .key(KEY)
                    .expected(
                        Map.of(
                            "n",
                            ExpectedAttributeValue.builder().value(Values.number(1)).build()))));
  }

  private static AttributeValueUpdate change(AttributeAction action, AttributeValue value) {
    return AttributeValueUpdate.builder().action(action).value(value).build();
  }

  @Test
  void equalNumbersAreOneKeyHoweverTheyAreWritten() {
    String numbers = Tables.create(client, ScalarAttributeType.N);
    client.putItem(r -> r.tableName(numbers).item(Values.item("p", Values.number("1000"))));
    for (String spelling : List.of("1e3", "1000.0", "01000", "0.1E4", "+1000")) {
      assertEquals(
          Values.number("1000"),
          client
              .getItem(r -> r.tableName(numbers).key(Values.item("p", Values.number(spelling))))
              .item()
              .get("p"),
          spelling);
    }
  }
}
