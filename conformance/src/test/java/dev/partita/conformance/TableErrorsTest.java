package dev.partita.conformance;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the operations on tables and tags refuse. */
@ExtendWith(SharedServer.class)
class TableErrorsTest {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String CONSTRAINT = " failed to satisfy constraint: ";
  private static final String NOT_FOUND =
      "400 ResourceNotFoundException: Requested resource not found: Table: unknown-table not found";

  private final Server server;
  private Refusals refusals;

  TableErrorsTest(Server server) {
    this.server = server;
    this.refusals = new Refusals(server.raw(), "");
  }

  @BeforeEach
  void createTable() {
    refusals = new Refusals(server.raw(), Tables.withPartitionKey(server.sdk()));
  }

  @AfterEach
  void verify() {
    refusals.verify();
  }

  private static String create(String definitions, String schema, String rest) {
    return "{'TableName':'new-table','AttributeDefinitions':["
        + definitions
        + "],'KeySchema':["
        + schema
        + "]"
        + rest
        + "}";
  }

  private static String attribute(String name, String type) {
    return "{'AttributeName':'" + name + "','AttributeType':'" + type + "'}";
  }

  private static String key(String name, String type) {
    return "{'AttributeName':'" + name + "','KeyType':'" + type + "'}";
  }

  @Test
  void unknownTables() {
    for (String operation : new String[] {"DescribeTable", "DeleteTable", "DescribeTimeToLive"}) {
      refusals.error(operation, "{'TableName':'unknown-table'}", NOT_FOUND);
    }
    refusals
        .error(
            "UpdateTable",
            "{'TableName':'unknown-table','DeletionProtectionEnabled':true}",
            NOT_FOUND)
        .error(
            "DescribeContinuousBackups",
            "{'TableName':'unknown-table'}",
            "400 TableNotFoundException: Table not found: unknown-table")
        .error(
            "CreateTable",
            create(attribute("p", "S"), key("p", "HASH"), ",'BillingMode':'PAY_PER_REQUEST'")
                .replace("new-table", "@T"),
            "400 ResourceInUseException: Table already exists: @T");
  }

  @Test
  void names() {
    String rest = ",'BillingMode':'PAY_PER_REQUEST'";
    String body = create(attribute("p", "S"), key("p", "HASH"), rest);
    String length = "TableName must be at least 3 characters long and at most 255 characters long";
    refusals
        .invalid("CreateTable", body.replace("new-table", "ab"), length)
        .invalidWith(
            "CreateTable",
            body.replace("new-table", "no spaces"),
            "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+")
        .invalidWith("CreateTable", body.replace("new-table", "a".repeat(256)), length);
  }

  @Test
  void keySchemas() {
    String onDemand = ",'BillingMode':'PAY_PER_REQUEST'";
    refusals
        .invalid(
            "CreateTable",
            create(attribute("p", "S"), key("p", "RANGE"), onDemand),
            "Invalid KeySchema: The first KeySchemaElement is not a HASH key type")
        .invalid(
            "CreateTable",
            create(
                attribute("p", "S") + "," + attribute("s", "S"),
                key("p", "HASH") + "," + key("s", "HASH"),
                onDemand),
            "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type")
        .invalid(
            "CreateTable",
            create(attribute("p", "S"), key("q", "HASH"), onDemand),
            INVALID
                + "Some index key attributes are not defined in AttributeDefinitions. Keys: [q],"
                + " AttributeDefinitions: [p]")
        .invalid(
            "CreateTable",
            create(attribute("p", "S") + "," + attribute("q", "S"), key("p", "HASH"), onDemand),
            INVALID
                + "Number of attributes in KeySchema does not exactly match number of attributes"
                + " defined in AttributeDefinitions")
        .invalidWith(
            "CreateTable",
            create(
                attribute("p", "S") + "," + attribute("s", "S") + "," + attribute("t", "S"),
                key("p", "HASH") + "," + key("s", "RANGE") + "," + key("t", "RANGE"),
                onDemand),
            "Member must have length less than or equal to 2")
        .counted(
            "CreateTable",
            create(attribute("p", "X"), key("p", "HASH"), onDemand),
            "Value 'X' at 'attributeDefinitions.1.member.attributeType'"
                + CONSTRAINT
                + "Member must satisfy enum value set: [B, N, S]")
        .counted(
            "CreateTable",
            create(attribute("p", "S"), key("p", "FIRST"), onDemand),
            "Value 'FIRST' at 'keySchema.1.member.keyType'"
                + CONSTRAINT
                + "Member must satisfy enum value set: [HASH, RANGE]");
  }

  @Test
  void throughput() {
    String definitions = attribute("p", "S");
    String schema = key("p", "HASH");
    refusals
        .invalid(
            "CreateTable",
            create(definitions, schema, ""),
            INVALID
                + "ReadCapacityUnits and WriteCapacityUnits must both be specified when"
                + " BillingMode is PROVISIONED")
        .invalid(
            "CreateTable",
            create(
                definitions,
                schema,
                ",'BillingMode':'PAY_PER_REQUEST','ProvisionedThroughput':"
                    + "{'ReadCapacityUnits':1,'WriteCapacityUnits':1}"),
            INVALID
                + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when"
                + " BillingMode is PAY_PER_REQUEST")
        .counted(
            "CreateTable",
            create(
                definitions,
                schema,
                ",'ProvisionedThroughput':{'ReadCapacityUnits':0,'WriteCapacityUnits':1}"),
            "Value '0' at 'provisionedThroughput.readCapacityUnits'"
                + CONSTRAINT
                + "Member must have value greater than or equal to 1")
        .invalidWith(
            "CreateTable",
            create(definitions, schema, ",'BillingMode':'FREE'"),
            "Value 'FREE' at 'billingMode'"
                + CONSTRAINT
                + "Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]");
  }

  @Test
  void lists() {
    refusals
        .counted(
            "ListTables",
            "{'Limit':0}",
            "Value '0' at 'limit'"
                + CONSTRAINT
                + "Member must have value greater than or equal to 1")
        .counted(
            "ListTables",
            "{'Limit':101}",
            "Value '101' at 'limit'"
                + CONSTRAINT
                + "Member must have value less than or equal to 100");
  }

  @Test
  void tags() {
    String arn = server.sdk().describeTable(r -> r.tableName(someTable())).table().tableArn();
    String many = "{'Key':'k','Value':'v'},".repeat(2).replaceFirst(",$", "");
    refusals
        .error(
            "TagResource",
            "{'ResourceArn':'" + arn + "x','Tags':[{'Key':'k','Value':'v'}]}",
            "400 ResourceNotFoundException: Requested resource not found: ResourceArn: "
                + arn
                + "x not found")
        .invalidWith(
            "TagResource", "{'ResourceArn':'" + arn + "','Tags':[" + many + "]}", "Duplicate")
        .invalidWith(
            "TagResource",
            "{'ResourceArn':'" + arn + "','Tags':[{'Key':'aws:k','Value':'v'}]}",
            "aws:")
        .invalidWith(
            "TagResource",
            "{'ResourceArn':'" + arn + "','Tags':[{'Key':'" + "k".repeat(129) + "','Value':'v'}]}",
            "Member must have length less than or equal to 128")
        .invalidWith("UntagResource", "{'ResourceArn':'" + arn + "'}", "'tagKeys'" + CONSTRAINT)
        .invalidWith("ListTagsOfResource", "{'ResourceArn':'nonsense'}", "Invalid ResourceArn");
  }

  private String someTable() {
    return Tables.withPartitionKey(server.sdk());
  }
}
