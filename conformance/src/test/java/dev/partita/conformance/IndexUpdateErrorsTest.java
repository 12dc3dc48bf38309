package dev.partita.conformance;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What UpdateTable refuses of indexes, streams and combinations, and in which words. */
@ExtendWith(SharedServer.class)
class IndexUpdateErrorsTest {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String UNITS = "{'ReadCapacityUnits':3,'WriteCapacityUnits':4}";
  private static final String NEW_STREAM =
      "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'KEYS_ONLY'}";

  private final Server server;
  private Refusals onDemand;
  private Refusals provisioned;

  IndexUpdateErrorsTest(Server server) {
    this.server = server;
    this.onDemand = new Refusals(server.raw(), "");
    this.provisioned = onDemand;
  }

  /** Tables with the key (p, s), the local index local on x and the global index global on x. */
  @BeforeEach
  void createTables() {
    onDemand = new Refusals(server.raw(), create("'BillingMode':'PAY_PER_REQUEST'", ""));
    provisioned =
        new Refusals(
            server.raw(),
            create("'ProvisionedThroughput':" + UNITS, ",'ProvisionedThroughput':" + UNITS));
  }

  private String create(String billing, String indexThroughput) {
    String table = Tables.name();
    server
        .raw()
        .post(
            "CreateTable",
            ("{'TableName':'@T','AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'},"
                    + "{'AttributeName':'s','AttributeType':'S'},"
                    + "{'AttributeName':'x','AttributeType':'S'}],"
                    + "'KeySchema':[{'AttributeName':'p','KeyType':'HASH'},"
                    + "{'AttributeName':'s','KeyType':'RANGE'}],"
                    + "'LocalSecondaryIndexes':[{'IndexName':'local','KeySchema':["
                    + "{'AttributeName':'p','KeyType':'HASH'},"
                    + "{'AttributeName':'x','KeyType':'RANGE'}],"
                    + "'Projection':{'ProjectionType':'ALL'}}],"
                    + "'GlobalSecondaryIndexes':[{'IndexName':'global','KeySchema':["
                    + "{'AttributeName':'x','KeyType':'HASH'}],"
                    + "'Projection':{'ProjectionType':'ALL'}"
                    + indexThroughput
                    + "}],"
                    + billing
                    + "}")
                .replace("@T", table));
    server.sdk().waiter().waitUntilTableExists(request -> request.tableName(table));
    return table;
  }

  @AfterEach
  void verify() {
    onDemand.verify();
    provisioned.verify();
  }

  private static String update(String members) {
    return "{'TableName':'@T'," + members + "}";
  }

  private static String indexes(String... updates) {
    return "'GlobalSecondaryIndexUpdates':[" + String.join(",", updates) + "]";
  }

  private static String created(String name, String attribute) {
    return created(name, attribute, "");
  }

  private static String created(String name, String attribute, String rest) {
    return "{'Create':{'IndexName':'"
        + name
        + "','KeySchema':[{'AttributeName':'"
        + attribute
        + "','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}"
        + rest
        + "}}";
  }

  private static String deleted(String name) {
    return "{'Delete':{'IndexName':'" + name + "'}}";
  }

  private static String updated(String name, String rest) {
    return "{'Update':{'IndexName':'" + name + "'" + rest + "}}";
  }

  private static String definition(String name, String type) {
    return "'AttributeDefinitions':[{'AttributeName':'"
        + name
        + "','AttributeType':'"
        + type
        + "'}]";
  }

  private void refused(String members, String message) {
    onDemand.invalid("UpdateTable", update(members), message);
  }

  @Test
  void nothingAndTooMuch() {
    String required =
        "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
            + " GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates,"
            + " MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency,"
            + " DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is"
            + " required";
    refused(definition("p", "S"), required);
    refused(indexes(), required);
    refused(
        indexes() + ",'DeletionProtectionEnabled':true",
        INVALID + "List of GlobalSecondaryIndexUpdates is empty");
    refused(
        "'DeletionProtectionEnabled':true,'TableClass':'STANDARD'",
        INVALID + "TableClass modification must be the only operation in the request");
    refused(
        NEW_STREAM + ",'SSESpecification':{'Enabled':true}",
        INVALID + "Server-Side Encryption modification must be the only operation in the request");
    refused(
        indexes(deleted("global")) + ",'DeletionProtectionEnabled':true",
        INVALID + "DeletionProtection modification must be the only operation in the request");
    refused(
        NEW_STREAM + ",'OnDemandThroughput':{'MaxReadRequestUnits':5}",
        INVALID
            + "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
    refused(
        indexes(deleted("global")) + "," + NEW_STREAM,
        INVALID + "You cannot create or delete index while changing stream status");
    provisioned
        .invalid(
            "UpdateTable",
            update(indexes(deleted("global")) + ",'ProvisionedThroughput':" + UNITS),
            INVALID + "You cannot create or delete index while updating table IOPS")
        .invalid(
            "UpdateTable",
            update(NEW_STREAM + ",'ProvisionedThroughput':" + UNITS),
            INVALID + "You cannot modify stream status while updating table IOPS");
  }

  @Test
  void elementsOfTheList() {
    refused(
        indexes("{}"),
        INVALID
            + "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
            + " GlobalSecondaryIndexUpdate.Delete must not be null");
    refused(
        indexes(created("new", "x").replaceFirst("}$", ",'Delete':{'IndexName':'global'}}")),
        INVALID
            + "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate"
            + " object");
    refused(
        indexes(deleted("global"), created("global", "x")),
        INVALID
            + "Only one global secondary index update per index is allowed simultaneously. Index:"
            + " global");
    String oneAtATime =
        "400 LimitExceededException: Subscriber limit exceeded: Only 1 online index can be created"
            + " or deleted simultaneously per table";
    onDemand
        .error(
            "UpdateTable",
            update(
                indexes(created("new", "x"), created("newer", "x")) + "," + definition("x", "S")),
            oneAtATime)
        .error("UpdateTable", update(indexes(deleted("idx1"), deleted("idx2"))), oneAtATime)
        .error(
            "UpdateTable",
            update(indexes(created("new", "x"), deleted("global")) + "," + definition("x", "S")),
            oneAtATime);
  }

  @Test
  void indexesThatAreNotThereOrThereAlready() {
    onDemand
        .error(
            "UpdateTable",
            update(indexes(deleted("none"))),
            "400 ResourceNotFoundException: Requested resource not found: Index none for table @T")
        .error(
            "UpdateTable",
            update(indexes(updated("none", ",'OnDemandThroughput':{'MaxReadRequestUnits':5}"))),
            "400 ResourceNotFoundException: Requested resource not found: Index none for table @T")
        .error(
            "UpdateTable",
            "{'TableName':'unknown-table'," + indexes(deleted("none")) + "}",
            "400 ResourceNotFoundException: Requested resource not found: Table: unknown-table not"
                + " found");
    refused(
        indexes(deleted("local")),
        "Cannot delete an index that is not a GlobalSecondaryIndex: local");
    refused(
        indexes(updated("local", ",'OnDemandThroughput':{'MaxReadRequestUnits':5}")),
        "Cannot update an index that is not a GlobalSecondaryIndex: local");
    refused(indexes(created("global", "x")), "Attempting to create an index which already exists");
    refused(indexes(created("local", "x")), "Attempting to create an index which already exists");
  }

  @Test
  void attributeDefinitionsOfANewIndex() {
    refused(
        indexes(created("new", "x")),
        INVALID + "AttributeDefinitions is not specified for index: new");
    refused(
        indexes(created("new", "y")) + "," + definition("x", "S"),
        INVALID
            + "Some index key attributes are not defined in AttributeDefinitions. Keys: [y],"
            + " AttributeDefinitions: [x]");
    refused(
        indexes(created("new", "x")) + "," + definition("x", "N"),
        INVALID
            + "Attributes cannot be redefined. Please check that your attribute has the same type"
            + " as previously defined. Existing schema: Schema:[SchemaElement: key{p:S:HASH},"
            + " SchemaElement: key{x:S:RANGE}] New schema: Schema:[SchemaElement: key{x:N:HASH}]");
  }

  @Test
  void throughputOfIndexes() {
    String throughput = ",'ProvisionedThroughput':" + UNITS;
    refused(
        indexes(updated("global", throughput)),
        INVALID
            + "The only Updates for index: global when TableThroughputMode is PAY_PER_REQUEST can"
            + " be to OnDemandThroughput, WarmThroughput");
    refused(
        indexes(created("new", "x", throughput)) + "," + definition("x", "S"),
        INVALID
            + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: new"
            + " when BillingMode is PAY_PER_REQUEST");
    refused(
        "'BillingMode':'PROVISIONED','ProvisionedThroughput':" + UNITS,
        INVALID + "ProvisionedThroughput must be specified for index: global");
    refused(
        indexes(updated("global", ",'WarmThroughput':{'ReadUnitsPerSecond':100}")),
        INVALID
            + "Requested ReadUnitsPerSecond for WarmThroughput for index global is lower than"
            + " current WarmThroughput, decreasing WarmThroughput is not supported");
    provisioned
        .invalid(
            "UpdateTable",
            update(indexes(created("new", "x")) + "," + definition("x", "S")),
            INVALID
                + "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: new")
        .invalid(
            "UpdateTable",
            update(indexes(updated("global", ",'OnDemandThroughput':{'MaxReadRequestUnits':5}"))),
            INVALID
                + "MaxReadRequestUnits for OnDemandThroughput for index : global cannot be"
                + " specified when the table BillingMode is PROVISIONED")
        .invalidWith(
            "UpdateTable",
            update(indexes(updated("global", throughput))),
            "The provisioned throughput for the index global will not change. The requested value"
                + " equals the current value.");
  }

  @Test
  void streams() {
    refused(
        "'StreamSpecification':{'StreamEnabled':true}",
        INVALID + "If stream is being enabled then UpdateViewType is required");
    refused(
        "'StreamSpecification':{'StreamEnabled':false,'StreamViewType':'NEW_IMAGE'}",
        INVALID + "If stream is being disabled, then UpdateViewType must not be specified");
    onDemand.invalid(
        "UpdateTable",
        update("'StreamSpecification':{'StreamEnabled':false}"),
        "Table has no stream to disable: TableName: @T");
    String streaming = create("'BillingMode':'PAY_PER_REQUEST'," + NEW_STREAM, "");
    new Refusals(server.raw(), streaming)
        .invalid(
            "UpdateTable", update(NEW_STREAM), "Table already has an enabled stream: TableName: @T")
        .verify();
  }

  @Test
  void timeToLive() {
    String on = "{'TableName':'@T','TimeToLiveSpecification':{'AttributeName':'t','Enabled':true}}";
    onDemand
        .error(
            "UpdateTimeToLive",
            on.replace("@T", "unknown-table"),
            "400 ResourceNotFoundException: Requested resource not found: Table: unknown-table not"
                + " found")
        .invalid("UpdateTimeToLive", on.replace("true", "false"), "TimeToLive is already disabled");
    onDemand.sent("UpdateTimeToLive", on);
    onDemand
        .invalid("UpdateTimeToLive", on, "TimeToLive is already enabled")
        .invalid(
            "UpdateTimeToLive",
            on.replace("'t'", "'u'"),
            "TimeToLive is active on a different AttributeName: current AttributeName is t")
        .invalid(
            "UpdateTimeToLive",
            on.replace("true", "false"),
            "Time to live has been modified multiple times within a fixed interval");
  }
}
