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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionResponse;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** ExecuteTransaction with the AWS SDK. */
@ExtendWith(SharedServer.class)
class PartiQlTransactionTest {
  private static final String PREFIX = "Validation failed in TransactStatements[";
  private static final String MISMATCH = "The provided key element does not match the schema";

  private final DynamoDbClient client;
  private String table = "";

  PartiQlTransactionTest(Server server) {
    this.client = server.sdk();
  }

  @BeforeEach
  void createTable() {
    table = Tables.withSortKey(client);
  }

  private ParameterizedStatement statement(String text) {
    return ParameterizedStatement.builder()
        .statement(text.replace("@T", '"' + table + '"'))
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  private ExecuteTransactionResponse execute(String... statements) {
    return execute(request -> {}, statements);
  }

  private ExecuteTransactionResponse execute(
      Consumer<ExecuteTransactionRequest.Builder> change, String... statements) {
    ExecuteTransactionRequest.Builder request =
        ExecuteTransactionRequest.builder()
            .transactStatements(Arrays.stream(statements).map(this::statement).toList())
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
    change.accept(request);
    return client.executeTransaction(request.build());
  }

  private Map<String, AttributeValue> item(String p, long s) {
    return client
        .getItem(r ->
            r.tableName(table)
                .key(Values.item("p", Values.string(p), "s", Values.number(s)))
                .consistentRead(true))
        .item();
  }

  private List<CancellationReason> canceled(String... statements) {
    return assertThrows(TransactionCanceledException.class, () -> execute(statements))
        .cancellationReasons();
  }

  private static List<String> codes(List<CancellationReason> reasons) {
    return reasons.stream().map(CancellationReason::code).toList();
  }

  private void assertInvalid(String message, String... statements) {
    DynamoDbException refused =
        assertThrows(DynamoDbException.class, () -> execute(statements), message);
    assertEquals("ValidationException", refused.awsErrorDetails().errorCode());
    assertEquals(message, refused.awsErrorDetails().errorMessage());
  }

  @Test
  void allStatementsAreCarriedOut() {
    execute(
        "INSERT INTO @T VALUE {'p': 'a', 's': 1, 'v': 1}",
        "INSERT INTO @T VALUE {'p': 'b', 's': 1, 'v': 1}",
        "INSERT INTO @T VALUE {'p': 'c', 's': 1, 'v': 1}");
    ExecuteTransactionResponse written =
        execute(
            "UPDATE @T SET v = v + 1 WHERE p = 'a' AND s = 1 AND v = 1",
            "DELETE FROM @T WHERE p = 'b' AND s = 1",
            "EXISTS(SELECT * FROM @T WHERE p = 'c' AND s = 1 AND v = 1)",
            "DELETE FROM @T WHERE p = 'none' AND s = 1 AND v = 1");
    assertEquals(List.of(), written.responses());
    assertEquals(8.0, written.consumedCapacity().getFirst().capacityUnits());
    assertEquals(8.0, written.consumedCapacity().getFirst().writeCapacityUnits());
    assertEquals("2", Values.of(item("a", 1), "v").n());
    assertEquals(Map.of(), item("b", 1));
  }

  @Test
  void orNone() {
    execute("INSERT INTO @T VALUE {'p': 'a', 's': 1, 'v': 1}");
    List<CancellationReason> reasons =
        canceled(
            "INSERT INTO @T VALUE {'p': 'a', 's': 1, 'v': 2}",
            "INSERT INTO @T VALUE {'p': 'b', 's': 1}",
            "UPDATE @T SET v = 1 WHERE p = 'none' AND s = 1");
    assertEquals(List.of("DuplicateItem", "None", "ConditionalCheckFailed"), codes(reasons));
    assertEquals("Duplicate primary key exists in table", reasons.get(0).message());
    assertFalse(reasons.get(0).hasItem());
    assertNull(reasons.get(1).message());
    assertEquals("The conditional request failed", reasons.get(2).message());
    assertEquals(Map.of(), item("b", 1));
  }

  @Test
  void existsDemandsAnItemAndItsCondition() {
    execute("INSERT INTO @T VALUE {'p': 'a', 's': 1, 'v': 1}");
    String insert = "INSERT INTO @T VALUE {'p': 'b', 's': 1}";
    List<CancellationReason> reasons =
        canceled("EXISTS(SELECT * FROM @T WHERE p = 'a' AND s = 1 AND v = 2)", insert);
    assertEquals(List.of("ConditionalCheckFailed", "None"), codes(reasons));
    assertEquals("1", Values.of(reasons.get(0).item(), "v").n());
    assertEquals(
        List.of("ConditionalCheckFailed", "None"),
        codes(
            canceled("EXISTS(SELECT * FROM @T WHERE p = 'c' AND s = 1 AND v IS MISSING)", insert)));
    assertEquals(Map.of(), item("b", 1));
    assertInvalid(
        PREFIX + "0]: EXISTS() must contain a single item read with additional condition",
        "EXISTS(SELECT * FROM @T WHERE p = 'a' AND s = 1)",
        insert);
  }

  @Test
  void readsAreOfOneMoment() {
    execute(
        "INSERT INTO @T VALUE {'p': 'a', 's': 1, 'v': 1}",
        "INSERT INTO @T VALUE {'p': 'b', 's': 1}");
    ExecuteTransactionResponse read =
        execute(
            "SELECT * FROM @T WHERE p = 'a' AND s = 1",
            "SELECT v FROM @T WHERE p = 'b' AND s IN [1]",
            "SELECT * FROM @T WHERE p = 'none' AND s = 1");
    assertEquals(item("a", 1), read.responses().get(0).item());
    assertTrue(read.responses().get(1).hasItem());
    assertEquals(Map.of(), read.responses().get(1).item());
    assertFalse(read.responses().get(2).hasItem());
    assertEquals(6.0, read.consumedCapacity().getFirst().capacityUnits());
    assertEquals(6.0, read.consumedCapacity().getFirst().readCapacityUnits());
  }

  @Test
  void statementsThatAreWrongInThemselves() {
    String write = "DELETE FROM @T WHERE p = 'a' AND s = 1";
    String read = "SELECT * FROM @T WHERE p = 'b' AND s = 1";
    assertInvalid(
        "ExecuteTransaction API does not support both read and write operations in the same"
            + " request.",
        write,
        read);
    assertInvalid(
        PREFIX + "1]: RETURNING clause is not supported in ExecuteTransaction.",
        write,
        "DELETE FROM @T WHERE p = 'b' AND s = 1 RETURNING ALL OLD *");
    assertInvalid(
        PREFIX + "0]: Reads on indices are not supported within transactions.",
        "SELECT * FROM @T.\"some\" WHERE p = 'b' AND s = 1");
    String needsKey =
        "Select statements within ExecuteTransaction must specify the primary key in the where"
            + " clause.";
    assertInvalid(PREFIX + "1]: " + needsKey, read, "SELECT * FROM @T WHERE p = 'a'");
    assertInvalid(PREFIX + "0]: " + needsKey, "SELECT * FROM @T WHERE p = 'a' AND s = 1 AND v = 1");
    assertInvalid(
        PREFIX + "0]: Overlapping conditions with range keys are not supported in where clause",
        "SELECT * FROM @T WHERE p IN ['a', 'a'] AND s = 1");
    assertInvalid(
        PREFIX + "1]: Number of parameters in request and statement don't match.",
        read,
        "SELECT * FROM @T WHERE p = ? AND s = 1");
    for (String twice : List.of(write, read)) {
      assertInvalid(
          "Transaction request cannot include multiple operations on one item", twice, twice);
    }
  }

  @Test
  void statementsThatDoNotFitTheirTables() {
    String nowhere = "DELETE FROM nowhere WHERE p = 'a' AND s = 1";
    List<CancellationReason> reasons =
        canceled(
            nowhere,
            nowhere + " RETURNING ALL OLD *",
            "UPDATE @T SET v = 1 WHERE p = 'a'",
            "UPDATE @T SET v = 1 WHERE p = 'a' AND s = 'x'",
            "INSERT INTO @T VALUE {'p': 'a'}",
            "UPDATE @T SET v = 1 WHERE p = 'a' AND s = 1");
    assertEquals(
        List.of(
            "ResourceNotFound",
            "ResourceNotFound",
            "ValidationError",
            "ValidationError",
            "ValidationError",
            "None"),
        codes(reasons));
    assertEquals("Requested resource not found", reasons.get(0).message());
    assertEquals(MISMATCH, reasons.get(2).message());
    assertEquals(MISMATCH, reasons.get(3).message());
    assertEquals(
        "One or more parameter values were invalid: Missing the key s in the item",
        reasons.get(4).message());
    assertEquals(
        List.of("None", "ValidationError", "ResourceNotFound"),
        codes(
            canceled(
                "SELECT * FROM @T WHERE p = 'a' AND s = 1",
                "SELECT * FROM @T WHERE p = 'a' AND s = 'x'",
                "SELECT * FROM nowhere WHERE p = 'a'")));
  }

  @Test
  void aTokenStandsForOneTransaction() {
    execute("INSERT INTO @T VALUE {'p': 'a', 's': 1, 'v': 1}");
    String token = "token-" + table.substring(2, 20);
    String update = "UPDATE @T SET v = v + 1 WHERE p = 'a' AND s = 1";
    execute(r -> r.clientRequestToken(token), update);
    ExecuteTransactionResponse again = execute(r -> r.clientRequestToken(token), update);
    assertEquals(2.0, again.consumedCapacity().getFirst().readCapacityUnits());
    assertNull(again.consumedCapacity().getFirst().writeCapacityUnits());
    assertEquals("2", Values.of(item("a", 1), "v").n());
    assertThrows(
        IdempotentParameterMismatchException.class,
        () -> execute(r -> r.clientRequestToken(token), "DELETE FROM @T WHERE p = 'a' AND s = 1"));
    // The tokens of the other operation are others.
    Map<String, AttributeValue> key = Values.item("p", Values.string("a"), "s", Values.number(1));
    TransactWriteItem delete =
        TransactWriteItem.builder().delete(d -> d.tableName(table).key(key)).build();
    client.transactWriteItems(r -> r.clientRequestToken(token).transactItems(delete));
    assertEquals(Map.of(), item("a", 1));
  }
}
