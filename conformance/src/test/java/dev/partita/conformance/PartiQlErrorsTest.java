package dev.partita.conformance;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What ExecuteStatement refuses. */
@ExtendWith(SharedServer.class)
class PartiQlErrorsTest {
  private final Server server;
  private Refusals refusals;
  private String table = "";

  PartiQlErrorsTest(Server server) {
    this.server = server;
    this.refusals = new Refusals(server.raw(), "");
  }

  @BeforeEach
  void createTable() {
    table = Tables.withSortKey(server.sdk());
    refusals = new Refusals(server.raw(), table);
  }

  @AfterEach
  void verify() {
    refusals.verify();
  }

  /** The body of a request; in the statement, texts are in backquotes. */
  private static String body(String statement) {
    return body(statement, "");
  }

  private static String body(String statement, String members) {
    String escaped =
        statement.replace("\"", "\\\"").replace("@", "\\\"@T\\\"").replace("`", "\\u0027");
    return "{'Statement':'" + escaped + "'" + members + "}";
  }

  private void invalid(String statement, String message) {
    refusals.invalid("ExecuteStatement", body(statement), message);
  }

  @Test
  void textsThatAreNoStatements() {
    refusals
        .invalidWith(
            "ExecuteStatement",
            body("SELECT * FRO @"),
            "Statement wasn't well formed, can't be processed: ")
        .invalid(
            "ExecuteStatement",
            body("SELECT * FROM @ WHERE p = ?"),
            "Number of parameters in request and statement don't match.")
        .invalid(
            "ExecuteStatement",
            body("EXISTS(SELECT * FROM @ WHERE p = `a` AND s = 1 AND v = 1)"),
            "EXISTS can only be used in ExecuteTransaction write requests.");
  }

  @Test
  void tablesAndIndexesThatAreNotThere() {
    String notFound = "400 ResourceNotFoundException: Requested resource not found";
    for (String statement :
        List.of(
            "SELECT * FROM nowhere",
            "INSERT INTO nowhere VALUE {`p`: `a`}",
            "UPDATE nowhere SET v = 1 WHERE p = `a`",
            "DELETE FROM nowhere WHERE p = `a`")) {
      refusals.error("ExecuteStatement", body(statement), notFound);
    }
    invalid("SELECT * FROM @.nowhere", "The table does not have the specified index");
  }

  @Test
  void keysOfReads() {
    String type = "Key attribute's data type should match its data type in table's schema: Key ";
    invalid("SELECT * FROM @ WHERE p = 1", type + "p");
    invalid("SELECT * FROM @ WHERE p = `a` AND s = `b`", type + "s");
    invalid("SELECT * FROM @ WHERE p IN [`a`, 1]", type + "p");
    invalid(
        "SELECT * FROM @ WHERE p = ``",
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty string value. Key: p");
    String overlapping = "Overlapping conditions with range keys are not supported in where clause";
    invalid("SELECT * FROM @ WHERE p = `a` AND (s > 1 OR s < 5)", overlapping);
    invalid("SELECT * FROM @ WHERE p IN [`a`, `a`]", overlapping);
    invalid("SELECT * FROM @ WHERE p = `a` AND s IN [1, 1.0]", overlapping);
    invalid("SELECT * FROM @ WHERE p = `a` OR p = `a` AND s = 1", overlapping);
    StringBuilder keys = new StringBuilder("`0`");
    for (int key = 1; key <= 50; key++) {
      keys.append(",`").append(key).append('`');
    }
    invalid(
        "SELECT * FROM @ WHERE p IN [" + keys + "]",
        "Too many decomposed read operations for a given query.");
  }

  @Test
  void orders() {
    invalid(
        "SELECT * FROM @ ORDER BY p",
        "Must have WHERE clause in the statement when using ORDER BY clause.");
    invalid(
        "SELECT * FROM @ WHERE p = `a` ORDER BY v",
        "Attribute v in ORDER BY clause must be part of the primary key");
    invalid(
        "SELECT * FROM @ WHERE v = 1 ORDER BY p",
        "Must have at least one non-optional hash key condition in WHERE clause when using ORDER"
            + " BY clause.");
    invalid(
        "SELECT * FROM @ WHERE p IN [`a`, `b`] ORDER BY s",
        "Must have hash key in ORDER BY clause when more than one hash key condition specified in"
            + " WHERE clause.");
  }

  @Test
  void itemsThatAreInserted() {
    invalid(
        "INSERT INTO @ VALUE {`p`: `a`}",
        "One or more parameter values were invalid: Missing the key s in the item");
    invalid(
        "INSERT INTO @ VALUE {`p`: `a`, `s`: `b`}",
        "One or more parameter values were invalid: Type mismatch for key s expected: N actual: S");
    invalid(
        "INSERT INTO @ VALUE {`p`: ``, `s`: 1}",
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty string value. Key: p");
    refusals.invalid(
        "ExecuteStatement",
        body(
            "INSERT INTO @ VALUE {`p`: `a`, `s`: 1, `v`: ?}",
            ",'Parameters':[{'S':'" + "x".repeat(400 * 1024) + "'}]"),
        "Item size has exceeded the maximum allowed size");
  }

  @Test
  void keysOfWrites() {
    String incomplete = "Where clause does not contain a mandatory equality on all key attributes";
    String schema = "The provided key element does not match the schema";
    for (String write : List.of("UPDATE @ SET v = 1", "DELETE FROM @")) {
      invalid(write + " WHERE p = `a`", incomplete);
      invalid(write + " WHERE p = `a` AND s > 1", incomplete);
      invalid(write + " WHERE p = `a` AND s = 1 OR p = `a` AND s = 2", incomplete);
      invalid(write + " WHERE p = `a` AND s = `b`", schema);
    }
    invalid(
        "UPDATE @ SET s = 1 WHERE p = `a` AND s = 1",
        "One or more parameter values were invalid: Cannot update attribute s. This attribute is"
            + " part of the key");
  }

  @Test
  void updatesThatTheItemDoesNotTake() {
    server
        .sdk()
        .putItem(r ->
            r.tableName(table)
                .item(
                    Values.item(
                        "p",
                        Values.string("a"),
                        "s",
                        Values.number(1),
                        "big",
                        Values.bytes(390 * 1024),
                        "text",
                        AttributeValue.fromS("x"))));
    refusals.invalid(
        "ExecuteStatement",
        body(
            "UPDATE @ SET v = ? WHERE p = `a` AND s = 1",
            ",'Parameters':[{'S':'" + "x".repeat(20 * 1024) + "'}]"),
        "Item size to update has exceeded the maximum allowed size");
    invalid(
        "UPDATE @ SET text = text + 1 WHERE p = `a` AND s = 1",
        "An operand in the update expression has an incorrect data type");
    invalid(
        "UPDATE @ SET m.x = 1 WHERE p = `a` AND s = 1",
        "The document path provided in the update expression is invalid for update");
  }

  @Test
  void tokensOfOtherStatements() {
    for (int s = 0; s < 2; s++) {
      String statement = "INSERT INTO \"" + table + "\" VALUE {'p': 'a', 's': " + s + "}";
      server.sdk().executeStatement(r -> r.statement(statement));
    }
    String all = "SELECT * FROM \"" + table + "\"";
    String token = server.sdk().executeStatement(r -> r.statement(all).limit(1)).nextToken();
    String changed =
        token.substring(0, 5) + (token.charAt(5) == 'A' ? 'B' : 'A') + token.substring(6);
    for (String wrong :
        List.of("x", "AAAA", changed, token.substring(4), token + "AAAA", "not base 64!")) {
      refusals.invalid(
          "ExecuteStatement",
          body("SELECT * FROM @", ",'NextToken':'" + wrong + "'"),
          "Invalid NextToken");
    }
    for (String statement : List.of("SELECT p FROM @", "SELECT * FROM @ WHERE s = 1")) {
      refusals.invalid(
          "ExecuteStatement",
          body(statement, ",'NextToken':'" + token + "'"),
          "NextToken does not match request");
    }
    refusals.invalid(
        "ExecuteStatement",
        body("SELECT * FROM @", ",'Parameters':[{'N':'1'}],'NextToken':'" + token + "'"),
        "NextToken does not match request");
  }
}
