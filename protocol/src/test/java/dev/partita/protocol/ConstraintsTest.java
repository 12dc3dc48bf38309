package dev.partita.protocol;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Violations of the API model, collected and worded as AWS does. */
class ConstraintsTest {
  private final ProtocolFixture protocol = new ProtocolFixture();

  @Test
  void aBadTableNameIsReportedAloneByWritesOfOneItem() {
    protocol.refuses(
        "PutItem",
        "{'ReturnValues':'hi'}",
        "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member"
            + " must not be null");
    protocol.refuses(
        "UpdateItem",
        "{'TableName':'','ReturnValues':'hi'}",
        "1 validation error detected: Value '' at 'tableName' failed to satisfy constraint: Member"
            + " must have length greater than or equal to 1");
    protocol.refuses(
        "DeleteItem",
        "{'TableName':'a;b'}",
        "1 validation error detected: Value 'a;b' at 'tableName' failed to satisfy constraint:"
            + " Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
  }

  @Test
  void putItemCollectsWhatUpdateItemStopsAt() {
    protocol.refuses(
        "PutItem",
        "{'TableName':'abc','ReturnConsumedCapacity':'a','ReturnValues':'b',"
            + "'ReturnItemCollectionMetrics':'c'}",
        "4 validation errors detected: Value 'a' at 'returnConsumedCapacity' failed to satisfy"
            + " constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; Value null"
            + " at 'item' failed to satisfy constraint: Member must not be null; Value 'b' at"
            + " 'returnValues' failed to satisfy constraint: Member must satisfy enum value set:"
            + " [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; Value 'c' at"
            + " 'returnItemCollectionMetrics' failed to satisfy constraint: Member must satisfy enum"
            + " value set: [SIZE, NONE]");
    protocol.refuses(
        "UpdateItem",
        "{'TableName':'abc','Key':{'p':{'S':'x'}},'ReturnConsumedCapacity':'a','ReturnValues':'b'}",
        "1 validation error detected: Value 'b' at 'returnValues' failed to satisfy constraint:"
            + " Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE,"
            + " UPDATED_NEW]");
  }

  @Test
  void getItemReportsTheKeyBeforeTheTableName() {
    protocol.refuses(
        "GetItem",
        "{'AttributesToGet':[]}",
        "3 validation errors detected: Value null at 'key' failed to satisfy constraint: Member must"
            + " not be null; Value '[]' at 'attributesToGet' failed to satisfy constraint: Member"
            + " must have length greater than or equal to 1; Value null at 'tableName' failed to"
            + " satisfy constraint: Member must not be null");
  }

  @Test
  void queryAndScanWordTheLimitDifferently() {
    protocol.refuses(
        "Query",
        "{'TableName':'abc','Limit':0}",
        "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have"
            + " value greater than or equal to 1");
    protocol.refuses(
        "Scan",
        "{'TableName':'abc','Limit':0,'TotalSegments':1000001,'Segment':-1}",
        "3 validation errors detected: Value '1000001' at 'totalSegments' failed to satisfy"
            + " constraint: Member must have value less than or equal to 1000000; Value '-1' at"
            + " 'segment' failed to satisfy constraint: Member must have value greater than or equal"
            + " to 0; Value '0' at 'limit' failed to satisfy constraint: Member must have value"
            + " greater than or equal to 1");
  }

  @Test
  void nestedMembersHavePaths() {
    protocol.refuses(
        "Query",
        "{'TableName':'abc','Select':'x','IndexName':'a','KeyConditions':{'a':{},"
            + "'b':{'ComparisonOperator':'~'}}}",
        "4 validation errors detected: Value 'x' at 'select' failed to satisfy constraint: Member"
            + " must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES,"
            + " ALL_PROJECTED_ATTRIBUTES]; Value 'a' at 'indexName' failed to satisfy constraint:"
            + " Member must have length greater than or equal to 3; Value null at"
            + " 'keyConditions.a.member.comparisonOperator' failed to satisfy constraint: Member must"
            + " not be null; Value '~' at 'keyConditions.b.member.comparisonOperator' failed to"
            + " satisfy constraint: Member must satisfy enum value set: [IN, NULL, BETWEEN, LT,"
            + " NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]");
    protocol.refuses(
        "CreateTable",
        "{'TableName':'abc','KeySchema':[{'AttributeName':'p','KeyType':'HASHY'},null],"
            + "'AttributeDefinitions':[{'AttributeType':'BOOL'}]}",
        "4 validation errors detected: Value null at 'attributeDefinitions.1.member.attributeName'"
            + " failed to satisfy constraint: Member must not be null; Value 'BOOL' at"
            + " 'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: Member"
            + " must satisfy enum value set: [B, N, S]; Value 'HASHY' at"
            + " 'keySchema.1.member.keyType' failed to satisfy constraint: Member must satisfy enum"
            + " value set: [HASH, RANGE]; Value null at 'keySchema.2.member' failed to satisfy"
            + " constraint: Member must not be null");
  }

  @Test
  void aTableHasAtMostTwoKeyAttributes() {
    String element = "{'AttributeName':'p','KeyType':'HASH'}";
    String printed = "KeySchemaElement(attributeName=p, keyType=HASH)";
    protocol.refuses(
        "CreateTable",
        "{'TableName':'abc','AttributeDefinitions':[],'KeySchema':["
            + String.join(",", element, element, element)
            + "]}",
        "1 validation error detected: Value '["
            + String.join(", ", printed, printed, printed)
            + "]' at 'keySchema' failed to satisfy constraint: Member must have length less than or"
            + " equal to 2");
    protocol.refuses(
        "CreateTable",
        "{'TableName':'abc','AttributeDefinitions':[],'KeySchema':[],"
            + "'ProvisionedThroughput':{'ReadCapacityUnits':0}}",
        "3 validation errors detected: Value null at 'provisionedThroughput.writeCapacityUnits'"
            + " failed to satisfy constraint: Member must not be null; Value '0' at"
            + " 'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member must"
            + " have value greater than or equal to 1; Value '[]' at 'keySchema' failed to satisfy"
            + " constraint: Member must have length greater than or equal to 1");
  }

  @Test
  void operationsOnTablesWordTheNameAsAParameter() {
    protocol.refuses(
        "CreateTable",
        "{}",
        "The parameter 'TableName' is required but was not present in the request");
    protocol.refuses(
        "DescribeTable",
        "{'TableName':'ab'}",
        "TableName must be at least 3 characters long and at most 255 characters long");
    protocol.refuses(
        "DeleteTable",
        "{'TableName':'" + "a".repeat(256) + "'}",
        "TableName must be at least 3 characters long and at most 255 characters long");
    protocol.refuses(
        "UpdateTable",
        "{'TableName':'a b c'}",
        "1 validation error detected: Value 'a b c' at 'tableName' failed to satisfy constraint:"
            + " Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
  }

  @Test
  void keysAndValuesOfMapsAreReportedAtTheMap() {
    protocol.refuses(
        "BatchWriteItem",
        "{'RequestItems':{}}",
        "1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint:"
            + " Member must have length greater than or equal to 1");
    protocol.refuses(
        "BatchWriteItem",
        "{'RequestItems':{'a;b':[{'PutRequest':{},'DeleteRequest':{}}],'abc':[]}}",
        "4 validation errors detected: Value"
            + " '{a;b=[WriteRequest(deleteRequest=DeleteRequest(key=null),"
            + " putRequest=PutRequest(item=null))], abc=[]}' at 'requestItems' failed to satisfy"
            + " constraint: Map keys must satisfy constraint: [Member must have length less than or"
            + " equal to 255, Member must have length greater than or equal to 1, Member must satisfy"
            + " regular expression pattern: [a-zA-Z0-9_.-]+]; Value"
            + " '{a;b=[WriteRequest(deleteRequest=DeleteRequest(key=null),"
            + " putRequest=PutRequest(item=null))], abc=[]}' at 'requestItems' failed to satisfy"
            + " constraint: Map value must satisfy constraint: [Member must have length less than or"
            + " equal to 25, Member must have length greater than or equal to 1]; Value null at"
            + " 'requestItems.a;b.member.1.member.deleteRequest.key' failed to satisfy constraint:"
            + " Member must not be null; Value null at"
            + " 'requestItems.a;b.member.1.member.putRequest.item' failed to satisfy constraint:"
            + " Member must not be null");
    protocol.refuses(
        "BatchGetItem",
        "{'RequestItems':{'abc':{'Keys':[]},'abd':null}}",
        "2 validation errors detected: Value '[]' at 'requestItems.abc.member.keys' failed to satisfy"
            + " constraint: Member must have length greater than or equal to 1; Value null at"
            + " 'requestItems.abd.member' failed to satisfy constraint: Member must not be null");
  }

  @Test
  void elementsOfListsOfStringsAreReportedAtTheList() {
    protocol.refuses(
        "UntagResource",
        "{'ResourceArn':'arn:x','TagKeys':['a','','']}",
        "1 validation error detected: Value '[a, , ]' at 'tagKeys' failed to satisfy constraint:"
            + " Member must satisfy constraint: [Member must have length less than or equal to 128,"
            + " Member must have length greater than or equal to 1]");
  }

  @Test
  void atMostTenViolationsAreReported() {
    String message =
        protocol.answer(
            "TagResource", "{'ResourceArn':'arn:x','Tags':[" + "{},".repeat(20) + "{}]}");
    assertTrue(message.contains("10 validation errors detected"), message);
    assertFalse(message.contains("tags.6.member"), message);
  }

  @Test
  void anArnIsATableNameOfItsOwnLength() {
    protocol.refuses(
        "GetItem",
        "{'TableName':'arn:aws:dynamodb:us-east-1:1:index/x','Key':{'p':{'S':'x'}}}",
        "Invalid TableArn: Invalid ResourceArn provided as input"
            + " arn:aws:dynamodb:us-east-1:1:index/x");
    String longArn = "arn:aws:dynamodb:us-east-1:1:table/" + "a".repeat(1000);
    protocol.refuses(
        "GetItem",
        "{'TableName':'" + longArn + "','Key':{'p':{'S':'x'}}}",
        "1 validation error detected: Value '"
            + longArn
            + "' at 'tableName' failed to satisfy constraint: Member must have length less than or"
            + " equal to 1024");
  }
}
