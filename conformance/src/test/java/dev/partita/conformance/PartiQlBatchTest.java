package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** BatchExecuteStatement with the AWS SDK. */
@ExtendWith(SharedServer.class)
class PartiQlBatchTest {
  private final Server server;
  private final DynamoDbClient client;
  private String table = "";
  private Refusals refusals;

  PartiQlBatchTest(Server server) {
    this.server = server;
    this.client = server.sdk();
    this.refusals = new Refusals(server.raw(), "");
  }

  @BeforeEach
  void createTable() {
    table = Tables.withSortKey(client);
    refusals = new Refusals(server.raw(), table);
  }

  @AfterEach
  void verify() {
    refusals.verify();
  }

  private BatchExecuteStatementResponse execute(String... statements) {
    List<BatchStatementRequest> members =
        Arrays.stream(statements)
            .map(statement ->
                BatchStatementRequest.builder()
                    .statement(statement.replace("@T", '"' + table + '"'))
                    .build())
            .toList();
    return client.batchExecuteStatement(
        r -> r.statements(members).returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));
  }

  private void assertFailed(
      BatchStatementResponse response, BatchStatementErrorCodeEnum code, String message) {
    assertEquals(code, response.error().code());
    assertEquals(message, response.error().message());
    assertFalse(response.hasItem());
  }

  @Test
  void eachWriteStandsAlone() {
    execute("INSERT INTO @T VALUE {'p': 'a', 's': 1, 'v': 1}");
    BatchExecuteStatementResponse written =
        execute(
            "INSERT INTO @T VALUE {'p': 'a', 's': 1, 'v': 2}",
            "INSERT INTO @T VALUE {'p': 'a', 's': 2, 'v': 2}",
            "UPDATE @T SET v = 3 WHERE p = 'none' AND s = 1",
            "DELETE FROM @T WHERE p = 'none' AND s = 2",
            "DELETE FROM @T WHERE p = 'none'",
            "no statement",
            "INSERT INTO nowhere VALUE {'p': 'a'}",
            "EXISTS(SELECT * FROM @T WHERE p = 'a' AND s = 1 AND v = 1)");
    List<BatchStatementResponse> responses = written.responses();
    assertFailed(
        responses.get(0),
        BatchStatementErrorCodeEnum.DUPLICATE_ITEM,
        "Duplicate primary key exists in table");
    assertEquals(table, responses.get(0).tableName());
    assertNull(responses.get(1).error());
    assertEquals(table, responses.get(1).tableName());
    assertFailed(
        responses.get(2),
        BatchStatementErrorCodeEnum.CONDITIONAL_CHECK_FAILED,
        "The conditional request failed");
    assertEquals(table, responses.get(2).tableName());
    assertNull(responses.get(3).error());
    assertFailed(
        responses.get(4),
        BatchStatementErrorCodeEnum.VALIDATION_ERROR,
        "Where clause does not contain a mandatory equality on all key attributes");
    assertNull(responses.get(4).tableName());
    assertEquals(BatchStatementErrorCodeEnum.VALIDATION_ERROR, responses.get(5).error().code());
    assertFailed(
        responses.get(6),
        BatchStatementErrorCodeEnum.RESOURCE_NOT_FOUND,
        "Requested resource not found");
    assertNull(responses.get(6).tableName());
    assertEquals(BatchStatementErrorCodeEnum.VALIDATION_ERROR, responses.get(7).error().code());

    // Failed writes add to the sum, but to no part of it.
    ConsumedCapacity capacity = written.consumedCapacity().getFirst();
    assertEquals(1, written.consumedCapacity().size());
    assertEquals(2.0, capacity.table().capacityUnits());
    assertEquals(4.0, capacity.capacityUnits());
  }

  @Test
  void whatFailsAloneIsNotCharged() {
    BatchExecuteStatementResponse written =
        execute("UPDATE @T SET v = 3 WHERE p = 'none' AND s = 1");
    assertFalse(written.hasConsumedCapacity());
  }

  @Test
  void writesReturnWhatTheyAreAskedFor() {
    execute("INSERT INTO @T VALUE {'p': 'a', 's': 1, 'v': 1}");
    List<BatchStatementResponse> responses =
        execute(
                "UPDATE @T SET v = 2 WHERE p = 'a' AND s = 1 RETURNING MODIFIED OLD *",
                "DELETE FROM @T WHERE p = 'none' AND s = 1 RETURNING ALL OLD *")
            .responses();
    assertEquals(Values.item("v", Values.number(1)), responses.get(0).item());
    assertFalse(responses.get(1).hasItem());
  }

  @Test
  void readsFindItemsByTheirKeys() {
    String other = Tables.withPartitionKey(client);
    client.putItem(r -> r.tableName(other).item(Values.item("p", Values.string("b"))));
    execute("INSERT INTO @T VALUE {'p': 'a', 's': 1, 'v': 1}");
    BatchExecuteStatementResponse read =
        execute(
            "SELECT v FROM @T WHERE p = 'a' AND s = 1",
            "SELECT * FROM \"" + other + "\" WHERE p = 'b'",
            "SELECT * FROM @T WHERE p = 'none' AND s = 1",
            "SELECT * FROM @T WHERE p = 'a'",
            "SELECT * FROM @T WHERE p = 'b' AND s = 2 AND v = 1",
            "SELECT * FROM @T");
    List<BatchStatementResponse> responses = read.responses();
    assertEquals(Values.item("v", Values.number(1)), responses.get(0).item());
    assertEquals(table, responses.get(0).tableName());
    assertEquals(Values.item("p", Values.string("b")), responses.get(1).item());
    assertEquals(other, responses.get(1).tableName());
    assertFalse(responses.get(2).hasItem());
    assertEquals(table, responses.get(2).tableName());
    for (BatchStatementResponse refused : responses.subList(3, 6)) {
      assertFailed(
          refused,
          BatchStatementErrorCodeEnum.VALIDATION_ERROR,
          "Select statements within BatchExecuteStatement must specify the primary key in the where"
              + " clause.");
    }
    assertEquals(
        Map.of(table, 1.0, other, 0.5),
        Map.of(
            read.consumedCapacity().get(0).tableName(),
            read.consumedCapacity().get(0).capacityUnits(),
            read.consumedCapacity().get(1).tableName(),
            read.consumedCapacity().get(1).capacityUnits()));
  }

  @Test
  void aBatchIsOfOneKindAndAboutEachItemOnce() {
    String read = "{'Statement':'SELECT * FROM \\\"@T\\\" WHERE p = \\u0027a\\u0027 AND s = 1'}";
    String write = "{'Statement':'DELETE FROM \\\"@T\\\" WHERE p = \\u0027a\\u0027 AND s = 1'}";
    String mixed = "Read and write requests together in the same batch is not supported.";
    String twice = "Provided list of item keys contains duplicates";
    refusals
        .invalid("BatchExecuteStatement", "{'Statements':[" + read + "," + write + "]}", mixed)
        .invalid("BatchExecuteStatement", "{'Statements':[" + read + "," + read + "]}", twice)
        .invalid("BatchExecuteStatement", "{'Statements':[" + write + "," + write + "]}", twice);
  }

  @Test
  void aBadParameterFailsItsOwnStatement() {
    String bad =
        "{'Statement':'DELETE FROM \\\"@T\\\" WHERE p = ? AND s = 1','Parameters':[{'N':'x'}]}";
    String good = "{'Statement':'DELETE FROM \\\"@T\\\" WHERE p = \\u0027a\\u0027 AND s = 1'}";
    RawClient.Answer answer =
        server
            .raw()
            .post(
                "BatchExecuteStatement",
                ("{'Statements':[" + bad + "," + good + "]}").replace("@T", table));
    assertEquals(200, answer.status(), answer.text());
    assertEquals(
        "{\"Responses\":[{\"Error\":{\"Code\":\"ValidationError\",\"Message\":\"The parameter cannot"
            + " be converted to a numeric value: x\"}},{\"TableName\":\""
            + table
            + "\"}]}",
        answer.text());
  }
}
