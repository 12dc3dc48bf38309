package dev.partita.conformance;

import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is refused in expressions, and in their names and values. */
@ExtendWith(SharedServer.class)
class ExpressionErrorsTest {
  private static final String CONDITION = "Invalid ConditionExpression: ";
  private static final String UPDATE = "Invalid UpdateExpression: ";
  private static final String OVERLAP =
      "Two document paths overlap with each other; must remove or rewrite one of these paths;";

  private final Server server;
  private Refusals refusals;

  ExpressionErrorsTest(Server server) {
    this.server = server;
    this.refusals = new Refusals(server.raw(), "");
  }

  @BeforeEach
  void createTable() {
    String table = Tables.withPartitionKey(server.sdk());
    server
        .sdk()
        .putItem(r ->
            r.tableName(table)
                .item(
                    Values.item(
                        "p",
                        Values.string("x"),
                        "words",
                        Values.string("t"),
                        "n",
                        Values.number(1))));
    refusals = new Refusals(server.raw(), table);
  }

  @AfterEach
  void verify() {
    refusals.verify();
  }

  private void condition(String condition, String rest, String message) {
    refusals.counted(
        "PutItem",
        "{'TableName':'@T','Item':{'p':{'S':'x'}},'ConditionExpression':'"
            + condition
            + "'"
            + rest
            + "}",
        message);
  }

  private void update(String expression, String values, String message) {
    refusals.counted("UpdateItem", updateBody(expression, values), message);
  }

  private static String updateBody(String expression, String values) {
    return "{'TableName':'@T','Key':{'p':{'S':'x'}},'UpdateExpression':'"
        + expression
        + "'"
        + (values.isEmpty() ? "" : ",'ExpressionAttributeValues':{" + values + "}")
        + "}";
  }

  private static String values(String values) {
    return ",'ExpressionAttributeValues':{" + values + "}";
  }

  @Test
  void syntax() {
    condition("", "", CONDITION + "The expression can not be empty;");
    condition("a = ", "", CONDITION + "Syntax error; token: \"<EOF>\", near: \"=\"");
    condition(
        "((attribute_not_exists(p)))", "", CONDITION + "The expression has redundant parentheses;");
    condition("foo(a)", "", CONDITION + "Invalid function name; function: foo");
    condition(
        "status = :v",
        values("':v':{'S':'x'}"),
        CONDITION + "Attribute name is a reserved keyword; reserved keyword: status");
    update("", "", UPDATE + "The expression can not be empty;");
    update(
        "INVALID SYNTAX HERE",
        "':v':{'S':'x'}",
        UPDATE + "Syntax error; token: \"INVALID\", near: \"INVALID SYNTAX\"");
    update(
        "SET a = :v SET b = :v",
        "':v':{'S':'x'}",
        UPDATE + "The \"SET\" section can only be used once in an update expression;");
  }

  @Test
  void placeholders() {
    condition(
        "a = :v",
        "",
        CONDITION
            + "An expression attribute value used in expression is not defined; attribute value:"
            + " :v");
    condition(
        "attribute_exists(#a)",
        "",
        CONDITION
            + "An expression attribute name used in the document path is not defined; attribute"
            + " name: #a");
    condition(
        "attribute_exists(a)",
        values("':v':{'S':'x'}"),
        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}");
    condition(
        "attribute_exists(a)",
        ",'ExpressionAttributeNames':{'#v':'x'}",
        "Value provided in ExpressionAttributeNames unused in expressions: keys: {#v}");
    refusals
        .counted(
            "PutItem",
            "{'TableName':'@T','Item':{'p':{'S':'x'}},"
                + "'ExpressionAttributeValues':{':v':{'S':'x'}}}",
            "ExpressionAttributeValues can only be specified when using expressions")
        .counted(
            "PutItem",
            "{'TableName':'@T','Item':{'p':{'S':'x'}},'ExpressionAttributeNames':{'#v':'x'}}",
            "ExpressionAttributeNames can only be specified when using expressions")
        .counted(
            "DeleteItem",
            "{'TableName':'@T','Key':{'p':{'S':'x'}},'ConditionExpression':'attribute_exists(a)',"
                + "'ExpressionAttributeValues':{}}",
            "ExpressionAttributeValues must not be empty")
        .invalidWith(
            "PutItem",
            "{'TableName':'@T','Item':{'p':{'S':'x'}},'ConditionExpression':'a = :v',"
                + "'ExpressionAttributeValues':{'v':{'S':'x'}}}",
            "ExpressionAttributeValues contains invalid key: Syntax error; key: \"v\"")
        .invalidWith(
            "PutItem",
            "{'TableName':'@T','Item':{'p':{'S':'x'}},'ConditionExpression':'a = :v',"
                + "'ExpressionAttributeValues':{':v':{'SS':[]}}}",
            "One or more parameter values were invalid: An string set  may not be empty");
  }

  @Test
  void operands() {
    condition(
        "contains(#a, #a)",
        ",'ExpressionAttributeNames':{'#a':'data'}",
        CONDITION
            + "The first operand must be distinct from the remaining operands for this operator or"
            + " function; operator: contains, first operand: [data]");
    condition(
        "a = a",
        "",
        CONDITION
            + "The first operand must be distinct from the remaining operands for this operator or"
            + " function; operator: =, first operand: [a]");
    condition(
        "contains(a)",
        "",
        CONDITION
            + "Incorrect number of operands for operator or function; operator or function:"
            + " contains, number of operands: 1");
    condition(
        "begins_with(a, :n)",
        values("':n':{'N':'1'}"),
        CONDITION
            + "Incorrect operand type for operator or function; operator or function: begins_with,"
            + " operand type: N");
    condition(
        "a < :m",
        values("':m':{'M':{}}"),
        CONDITION
            + "Incorrect operand type for operator or function; operator or function: <, operand"
            + " type: M");
    condition(
        "a BETWEEN :five AND :one",
        values("':five':{'N':'5'},':one':{'N':'1'}"),
        CONDITION
            + "The BETWEEN operator requires upper bound to be greater than or equal to lower"
            + " bound; lower bound operand: AttributeValue: {N:5}, upper bound operand:"
            + " AttributeValue: {N:1}");
  }

  @Test
  void pathsOfUpdates() {
    update(
        "SET a = :v, a = :v", "':v':{'S':'x'}", UPDATE + OVERLAP + " path one: [a], path two: [a]");
    update(
        "SET a.b = :v REMOVE a",
        "':v':{'S':'x'}",
        UPDATE + OVERLAP + " path one: [a, b], path two: [a]");
    update(
        "SET a.b = :v, a[0] = :v",
        "':v':{'S':'x'}",
        UPDATE
            + "Two document paths conflict with each other; must remove or rewrite one of these"
            + " paths; path one: [a, b], path two: [a, [0]]");
    refusals
        .invalid(
            "UpdateItem",
            updateBody("SET p = :v", "':v':{'S':'y'}"),
            "One or more parameter values were invalid: Cannot update attribute p. This attribute"
                + " is part of the key")
        .invalid(
            "UpdateItem",
            updateBody("SET nowhere.deep = :v", "':v':{'S':'y'}"),
            "The document path provided in the update expression is invalid for update")
        .invalid(
            "UpdateItem",
            updateBody("SET a = nowhere", ""),
            "The provided expression refers to an attribute that does not exist in the item")
        .invalid(
            "UpdateItem",
            updateBody("SET a = words + :one", "':one':{'N':'1'}"),
            "An operand in the update expression has an incorrect data type")
        .invalid(
            "UpdateItem",
            updateBody("ADD words :one", "':one':{'N':'1'}"),
            "An operand in the update expression has an incorrect data type")
        .invalid(
            "UpdateItem",
            updateBody("SET n = n + :big", "':big':{'N':'1e38'}"),
            "Number overflow. Attempting to store a number with magnitude larger than supported"
                + " range");
  }

  @Test
  void pathsOfProjections() {
    for (String[] paths : new String[][] {{"a, a", "[a]", "[a]"}, {"a, a.b", "[a]", "[a, b]"}}) {
      refusals.invalid(
          "GetItem",
          "{'TableName':'@T','Key':{'p':{'S':'none'}},'ProjectionExpression':'" + paths[0] + "'}",
          "Invalid ProjectionExpression: "
              + OVERLAP
              + " path one: "
              + paths[1]
              + ", path two: "
              + paths[2]);
    }
  }

  @Test
  void sizes() {
    String size = "Expression size has exceeded the maximum allowed size";
    refusals
        .invalidWith(
            "PutItem",
            "{'TableName':'@T','Item':{'p':{'S':'x'}},'ConditionExpression':'attribute_exists("
                + "a".repeat(4096)
                + ")'}",
            size)
        .invalidWith("UpdateItem", updateBody("REMOVE " + " ".repeat(4096) + "a", ""), size)
        .invalidWith(
            "GetItem",
            "{'TableName':'@T','Key':{'p':{'S':'x'}},'ProjectionExpression':'"
                + "b, ".repeat(1400)
                + "a'}",
            size)
        .invalidWith(
            "PutItem",
            "{'TableName':'@T','Item':{'p':{'S':'x'}},'ConditionExpression':'"
                + IntStream.range(0, 302).mapToObj(i -> "n=:v").collect(Collectors.joining(" OR "))
                + "','ExpressionAttributeValues':{':v':{'N':'1'}}}",
            "Invalid ConditionExpression: ")
        .invalidWith(
            "PutItem",
            "{'TableName':'@T','Item':{'p':{'S':'x'}},'ConditionExpression':'"
                + String.join("", Collections.nCopies(1000, "NOT "))
                + "n=:v','ExpressionAttributeValues':{':v':{'N':'1'}}}",
            "Invalid ConditionExpression: ");
  }
}
