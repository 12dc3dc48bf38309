package dev.partita.protocol;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules between the members of a request, in AWS's order. */
class RequestChecksTest {
  private static final String COUNTED = "1 validation error detected: ";
  private static final String MIXED =
      "Can not use both expression and non-expression parameters in the same request:"
          + " Non-expression parameters: ";

  private final ProtocolFixture protocol = new ProtocolFixture();

  @Test
  void legacyAndModernParametersClash() {
    refuses(
        "PutItem",
        "'Item':{'a':{}},'Expected':{'a':{}},'ExpressionAttributeNames':{},"
            + "'ExpressionAttributeValues':{},'ConditionExpression':''",
        COUNTED + MIXED + "{Expected} Expression parameters: {ConditionExpression}");
    refuses(
        "GetItem",
        "'Key':{},'AttributesToGet':['a'],'ProjectionExpression':'a'",
        MIXED + "{AttributesToGet} Expression parameters: {ProjectionExpression}");
    refuses(
        "UpdateItem",
        "'Key':{},'AttributeUpdates':{},'Expected':{},'UpdateExpression':'',"
            + "'ConditionExpression':''",
        COUNTED
            + MIXED
            + "{AttributeUpdates, Expected} Expression parameters: {UpdateExpression,"
            + " ConditionExpression}");
    String filter = "'QueryFilter':{'a':{'ComparisonOperator':'NULL'}}";
    String keys = "'KeyConditions':{'a':{'ComparisonOperator':'NULL'}}";
    refuses(
        "Query",
        filter
            + ","
            + keys
            + ",'AttributesToGet':['a'],'ConditionalOperator':'OR','ProjectionExpression':'',"
            + "'FilterExpression':'','KeyConditionExpression':''",
        MIXED
            + "{AttributesToGet, QueryFilter, ConditionalOperator, KeyConditions} Expression"
            + " parameters: {ProjectionExpression, FilterExpression, KeyConditionExpression}");
    refuses(
        "Query",
        filter + "," + keys + ",'FilterExpression':''",
        MIXED + "{QueryFilter} Expression parameters: {FilterExpression}");
    protocol.request(
        "Query", "{'TableName':'abc'," + keys + ",'FilterExpression':'attribute_exists(a)'}");
    refuses(
        "Scan",
        "'ScanFilter':{},'FilterExpression':'a'",
        MIXED + "{ScanFilter} Expression parameters: {FilterExpression}");
    protocol.refuses(
        "BatchGetItem",
        "{'RequestItems':{'abc':{'Keys':[{}],'AttributesToGet':['a']},"
            + "'abd':{'Keys':[{}],'ProjectionExpression':'a'}}}",
        MIXED + "{AttributesToGet} Expression parameters: {ProjectionExpression}");
  }

  @Test
  void namesAndValuesNeedExpressions() {
    refuses(
        "PutItem",
        "'Item':{},'ExpressionAttributeNames':{'#a':'a'}",
        COUNTED + "ExpressionAttributeNames can only be specified when using expressions");
    refuses(
        "PutItem",
        "'Item':{},'ExpressionAttributeValues':{}",
        COUNTED + "ExpressionAttributeValues can only be specified when using expressions");
    refuses(
        "UpdateItem",
        "'Key':{},'ExpressionAttributeValues':{}",
        COUNTED + "ExpressionAttributeValues can only be specified when using expressions");
    refuses(
        "Scan",
        "'ProjectionExpression':'a','ExpressionAttributeValues':{}",
        "ExpressionAttributeValues can only be specified when using expressions:"
            + " FilterExpression is"
            + " null");
  }

  @Test
  void namesAndValuesAreWellFormed() {
    String scan = "'FilterExpression':'a','ExpressionAttribute";
    refuses("Scan", scan + "Names':{}", "ExpressionAttributeNames must not be empty");
    refuses("Scan", scan + "Values':{}", "ExpressionAttributeValues must not be empty");
    for (String key : new String[] {"", "a", "#", "#a.b", "##"}) {
      refuses(
          "Scan",
          scan + "Names':{'" + key + "':'a'}",
          "ExpressionAttributeNames contains invalid key: Syntax error; key: \"" + key + "\"");
    }
    refuses(
        "Scan",
        scan + "Values':{'v':{'S':'a'}}",
        "ExpressionAttributeValues contains invalid key: Syntax error; key: \"v\"");
    refuses(
        "Scan",
        scan + "Names':{'#a':''}",
        "ExpressionAttributeNames contains invalid value: One or more parameter values were"
            + " invalid:"
            + " Empty attribute name for key #a");
    protocol.refuses(
        "Scan",
        "{'TableName':'abc','FilterExpression':'a','ExpressionAttributeNames':{'#a':null}}",
        "1 validation error detected: Value null at 'expressionAttributeNames.#a.member' failed to"
            + " satisfy constraint: Member must not be null");
  }

  @Test
  void expressionsAreNotEmpty() {
    refuses(
        "PutItem",
        "'Item':{},'ConditionExpression':''",
        COUNTED + "Invalid ConditionExpression: The expression can not be empty;");
    refuses(
        "UpdateItem",
        "'Key':{},'UpdateExpression':'','ConditionExpression':''",
        COUNTED + "Invalid UpdateExpression: The expression can not be empty;");
    refuses(
        "GetItem",
        "'Key':{},'ProjectionExpression':''",
        "Invalid ProjectionExpression: The expression can not be empty;");
    refuses(
        "Query",
        "'KeyConditionExpression':'','FilterExpression':''",
        "Invalid FilterExpression: The expression can not be empty;");
  }

  @Test
  void returnValuesOfPutAndDelete() {
    refuses(
        "PutItem",
        "'Item':{},'ReturnValues':'ALL_NEW'",
        COUNTED + "ReturnValues can only be ALL_OLD or NONE");
    refuses(
        "DeleteItem",
        "'Key':{},'ReturnValues':'UPDATED_OLD'",
        COUNTED + "ReturnValues can only be ALL_OLD or NONE");
    protocol.request("UpdateItem", "{'TableName':'abc','Key':{},'ReturnValues':'UPDATED_NEW'}");
  }

  @Test
  void anOperatorNeedsConditions() {
    String message =
        "One or more parameter values were invalid: ConditionalOperator cannot be used without"
            + " Filter or Expected";
    refuses("PutItem", "'Item':{},'ConditionalOperator':'AND'", message);
    refuses("UpdateItem", "'Key':{},'Expected':{},'ConditionalOperator':'OR'", message);
    refuses("Scan", "'ConditionalOperator':'OR'", message);
  }

  @Test
  void attributesToGetAreNotRepeated() {
    refuses(
        "GetItem",
        "'Key':{},'AttributesToGet':['a','b','a']",
        "One or more parameter values were invalid: Duplicate value in attribute name: a");
  }

  @Test
  void queriesNeedAKeyCondition() {
    refuses(
        "Query",
        "'Limit':1",
        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
            + " request.");
  }

  @Test
  void selectFitsTheProjection() {
    String query = "'KeyConditionExpression':'a = :a','Select':";
    refuses(
        "Query",
        query + "'SPECIFIC_ATTRIBUTES'",
        COUNTED
            + "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
            + " SPECIFIC_ATTRIBUTES");
    refuses(
        "Scan",
        "'Select':'SPECIFIC_ATTRIBUTES'",
        "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
            + " SPECIFIC_ATTRIBUTES");
    refuses(
        "Scan",
        "'Select':'COUNT','AttributesToGet':['a']",
        "Cannot specify the AttributesToGet when choosing to get only the Count");
    refuses(
        "Scan",
        "'Select':'ALL_ATTRIBUTES','ProjectionExpression':'a'",
        "Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES");
    refuses(
        "Query",
        query + "'ALL_PROJECTED_ATTRIBUTES'",
        COUNTED + "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
    protocol.request(
        "Scan", "{'TableName':'abc','Select':'ALL_PROJECTED_ATTRIBUTES','IndexName':'idx'}");
  }

  @Test
  void segments() {
    refuses(
        "Scan",
        "'Segment':0",
        "The TotalSegments parameter is required but was not present in the request when Segment"
            + " parameter is present");
    refuses(
        "Scan",
        "'TotalSegments':2",
        "The Segment parameter is required but was not present in the request when parameter"
            + " TotalSegments is present");
    refuses(
        "Scan",
        "'Segment':2,'TotalSegments':2",
        "The Segment parameter is zero-based and must be less than parameter TotalSegments:"
            + " Segment:"
            + " 2 is not less than TotalSegments: 2");
    protocol.request("Scan", "{'TableName':'abc','Segment':1,'TotalSegments':2}");
  }

  @Test
  void batches() {
    protocol.refuses(
        "BatchGetItem",
        "{'RequestItems':{'abc':{'Keys':[{'p':{'N':'1'}},{'p':{'N':'1.0'}}]}}}",
        "Provided list of item keys contains duplicates");
    String keys =
        IntStream.range(0, 60)
            .mapToObj(key -> "{'p':{'N':'" + key + "'}}")
            .collect(Collectors.joining(","));
    protocol.refuses(
        "BatchGetItem",
        "{'RequestItems':{'abc':{'Keys':[" + keys + "]},'abd':{'Keys':[" + keys + "]}}}",
        "Too many items requested for the BatchGetItem call");
    String puts = "{'PutRequest':{'Item':{}}},".repeat(14) + "{'DeleteRequest':{'Key':{}}}";
    protocol.refuses(
        "BatchWriteItem",
        "{'RequestItems':{'abc':[" + puts + "],'abd':[" + puts + "]}}",
        "Too many items requested for the BatchWriteItem call");
    String neitherOrBoth =
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
            + " supported datatypes";
    protocol.refuses("BatchWriteItem", "{'RequestItems':{'abc':[{}]}}", neitherOrBoth);
    protocol.refuses(
        "BatchWriteItem",
        "{'RequestItems':{'abc':[{'PutRequest':{'Item':{}},'DeleteRequest':{'Key':{}}}]}}",
        neitherOrBoth);
    protocol.refuses(
        "BatchGetItem",
        "{'RequestItems':{'abc':{'Keys':[{}]},"
            + "'arn:aws:dynamodb:a:1:table/abc':{'Keys':[{}]}}}",
        "One or more parameter values were invalid: Duplicate table:"
            + " arn:aws:dynamodb:a:1:table/abc");
  }

  @Test
  void whatPartitaDoesNotSupportYetIsNamed() {
    String table =
        "{'TableName':'abc','AttributeDefinitions':[],"
            + "'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}],";
    protocol.refuses(
        "CreateTable",
        table + "'ResourcePolicy':'{}'}",
        "One or more parameter values were invalid: Partita does not support ResourcePolicy yet");
    protocol.refuses(
        "CreateTable",
        table + "'VectorIndexes':[]}",
        "One or more parameter values were invalid: List of VectorIndexes is empty");
    protocol.refuses(
        "UpdateTable",
        "{'TableName':'abc','ReplicaUpdates':[{'Delete':{'RegionName':'eu-west-1'}}]}",
        "One or more parameter values were invalid: Partita does not support ReplicaUpdates yet");
  }

  @Test
  void tagsAreNotNone() {
    protocol.refuses(
        "TagResource",
        "{'ResourceArn':'arn:x','Tags':[]}",
        "Atleast one Tag needs to be provided as Input.");
    protocol.refuses(
        "UntagResource",
        "{'ResourceArn':'arn:x','TagKeys':[]}",
        "Atleast one Tag Key needs to be provided as Input.");
  }

  private void refuses(String operation, String members, String message) {
    protocol.refuses(operation, "{'TableName':'abc'," + members + "}", message);
  }
}
