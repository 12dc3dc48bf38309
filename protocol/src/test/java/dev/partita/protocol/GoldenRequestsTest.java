package dev.partita.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Each operation with every member that it honours, as the typed request prints itself. */
class GoldenRequestsTest {
  private static final String NAMES_AND_VALUES =
      "'ExpressionAttributeNames':{'#n':'name'},'ExpressionAttributeValues':{':v':{'S':'v'}}";
  private static final String PRINTED_NAMES_AND_VALUES =
      "expressionAttributeNames={#n=name}, expressionAttributeValues={:v=StringValue[value=v]}";
  private static final String RETURNS =
      "'ReturnConsumedCapacity':'INDEXES','ReturnItemCollectionMetrics':'SIZE',"
          + "'ReturnValuesOnConditionCheckFailure':'ALL_OLD'";
  private static final String PRINTED_RETURNS =
      "returnConsumedCapacity=INDEXES, returnItemCollectionMetrics=SIZE,"
          + " returnValuesOnConditionCheckFailure=ALL_OLD";
  private static final String EXPECTED =
      "'Expected':{'e':{'ComparisonOperator':'GE','AttributeValueList':[{'BOOL':true}]},"
          + "'f':{'Exists':true,'Value':{'NULL':true}}},'ConditionalOperator':'OR'";
  private static final String PRINTED_EXPECTED =
      "expected={e=ExpectedAttributeValue[value=null, exists=null, comparisonOperator=GE,"
          + " attributeValueList=[TRUE]], f=ExpectedAttributeValue[value=NULL, exists=true,"
          + " comparisonOperator=null, attributeValueList=null]}, conditionalOperator=OR";
  private static final String KEY = "{p=StringValue[value=x]}";

  private final ProtocolFixture protocol = new ProtocolFixture();

  private void becomes(String operation, String json, String expected) {
    assertEquals(expected, protocol.request(operation, json).toString());
  }

  @Test
  void writesOfOneItem() {
    becomes(
        "PutItem",
        "{'TableName':'abc','Item':{'p':{'S':'x'}},'ConditionExpression':'c',"
            + "'ReturnValues':'ALL_OLD',"
            + RETURNS
            + ","
            + NAMES_AND_VALUES
            + "}",
        "PutItemRequest[tableName=abc, item="
            + KEY
            + ", expected=null, conditionalOperator=null, conditionExpression=c, "
            + PRINTED_NAMES_AND_VALUES
            + ", returnValues=ALL_OLD, "
            + PRINTED_RETURNS
            + "]");
    becomes(
        "DeleteItem",
        "{'TableName':'abc','Key':{'p':{'S':'x'}},'ReturnValues':'NONE',"
            + RETURNS
            + ","
            + EXPECTED
            + "}",
        "DeleteItemRequest[tableName=abc, key="
            + KEY
            + ", "
            + PRINTED_EXPECTED
            + ", conditionExpression=null, expressionAttributeNames=null,"
            + " expressionAttributeValues=null, returnValues=NONE, "
            + PRINTED_RETURNS
            + "]");
    becomes(
        "UpdateItem",
        "{'TableName':'abc','Key':{'p':{'S':'x'}},'UpdateExpression':'u','ConditionExpression':'c',"
            + "'ReturnValues':'UPDATED_NEW',"
            + RETURNS
            + ","
            + NAMES_AND_VALUES
            + "}",
        "UpdateItemRequest[tableName=abc, key="
            + KEY
            + ", attributeUpdates=null, updateExpression=u, expected=null,"
            + " conditionalOperator=null,"
            + " conditionExpression=c, "
            + PRINTED_NAMES_AND_VALUES
            + ", returnValues=UPDATED_NEW, "
            + PRINTED_RETURNS
            + "]");
    becomes(
        "UpdateItem",
        "{'TableName':'abc','Key':{'p':{'S':'x'}},'AttributeUpdates':{'a':{'Action':'ADD',"
            + "'Value':{'N':'1'}},'b':{'Action':'DELETE'}},"
            + EXPECTED
            + "}",
        "UpdateItemRequest[tableName=abc, key="
            + KEY
            + ", attributeUpdates={a=AttributeValueUpdate[value=NumberValue[value=1], action=ADD],"
            + " b=AttributeValueUpdate[value=null, action=DELETE]}, updateExpression=null, "
            + PRINTED_EXPECTED
            + ", conditionExpression=null, expressionAttributeNames=null,"
            + " expressionAttributeValues=null, returnValues=null, returnConsumedCapacity=null,"
            + " returnItemCollectionMetrics=null, returnValuesOnConditionCheckFailure=null]");
  }

  @Test
  void reads() {
    becomes(
        "GetItem",
        "{'TableName':'abc','Key':{'p':{'S':'x'}},'ConsistentRead':true,"
            + "'ReturnConsumedCapacity':'TOTAL','ProjectionExpression':'#n',"
            + "'ExpressionAttributeNames':{'#n':'name'}}",
        "GetItemRequest[tableName=abc, key="
            + KEY
            + ", attributesToGet=null, consistentRead=true, returnConsumedCapacity=TOTAL,"
            + " projectionExpression=#n, expressionAttributeNames={#n=name}]");
    becomes(
        "Query",
        "{'TableName':'abc','IndexName':'idx','Select':'SPECIFIC_ATTRIBUTES','Limit':7,"
            + "'ConsistentRead':true,'ScanIndexForward':false,'ExclusiveStartKey':{'p':{'S':'x'}},"
            + "'ReturnConsumedCapacity':'NONE','ProjectionExpression':'pe','FilterExpression':'fe',"
            + "'KeyConditionExpression':'ke',"
            + NAMES_AND_VALUES
            + "}",
        "QueryRequest[tableName=abc, indexName=idx, select=SPECIFIC_ATTRIBUTES,"
            + " attributesToGet=null, limit=7, consistentRead=true, keyConditions=null,"
            + " queryFilter=null, conditionalOperator=null, scanIndexForward=false,"
            + " exclusiveStartKey="
            + KEY
            + ", returnConsumedCapacity=NONE, projectionExpression=pe, filterExpression=fe,"
            + " keyConditionExpression=ke, "
            + PRINTED_NAMES_AND_VALUES
            + "]");
    becomes(
        "Query",
        "{'TableName':'abc','AttributesToGet':['a','b'],'KeyConditions':{'k':{"
            + "'ComparisonOperator':'EQ','AttributeValueList':[{'N':'1'}]}},'QueryFilter':{'f':{"
            + "'ComparisonOperator':'NOT_NULL'}},'ConditionalOperator':'AND'}",
        "QueryRequest[tableName=abc, indexName=null, select=null, attributesToGet=[a, b],"
            + " limit=null, consistentRead=null, keyConditions={k=Condition[comparisonOperator=EQ,"
            + " attributeValueList=[NumberValue[value=1]]]},"
            + " queryFilter={f=Condition[comparisonOperator=NOT_NULL, attributeValueList=null]},"
            + " conditionalOperator=AND, scanIndexForward=null, exclusiveStartKey=null,"
            + " returnConsumedCapacity=null, projectionExpression=null, filterExpression=null,"
            + " keyConditionExpression=null, expressionAttributeNames=null,"
            + " expressionAttributeValues=null]");
    becomes(
        "Scan",
        "{'TableName':'abc','IndexName':'idx','Limit':7,'Select':'SPECIFIC_ATTRIBUTES',"
            + "'ExclusiveStartKey':{'p':{'S':'x'}},'ReturnConsumedCapacity':'TOTAL',"
            + "'TotalSegments':4,'Segment':3,'ProjectionExpression':'pe','FilterExpression':'fe',"
            + "'ConsistentRead':false,"
            + NAMES_AND_VALUES
            + "}",
        "ScanRequest[tableName=abc, indexName=idx, attributesToGet=null, limit=7,"
            + " select=SPECIFIC_ATTRIBUTES, scanFilter=null, conditionalOperator=null,"
            + " exclusiveStartKey="
            + KEY
            + ", returnConsumedCapacity=TOTAL, totalSegments=4, segment=3, projectionExpression=pe,"
            + " filterExpression=fe, "
            + PRINTED_NAMES_AND_VALUES
            + ", consistentRead=false]");
  }

  @Test
  void batches() {
    becomes(
        "BatchGetItem",
        "{'RequestItems':{'abc':{'Keys':[{'p':{'S':'x'}}],'ConsistentRead':true,"
            + "'ProjectionExpression':'#n','ExpressionAttributeNames':{'#n':'name'}}},"
            + "'ReturnConsumedCapacity':'TOTAL'}",
        "BatchGetItemRequest[requestItems={abc=KeysAndAttributes[keys=["
            + KEY
            + "], attributesToGet=null, consistentRead=true, projectionExpression=#n,"
            + " expressionAttributeNames={#n=name}]}, returnConsumedCapacity=TOTAL]");
    becomes(
        "BatchWriteItem",
        "{'RequestItems':{'abc':[{'PutRequest':{'Item':{'p':{'S':'x'}}}},"
            + "{'DeleteRequest':{'Key':{'p':{'S':'x'}}}}]},'ReturnConsumedCapacity':'TOTAL',"
            + "'ReturnItemCollectionMetrics':'SIZE'}",
        "BatchWriteItemRequest[requestItems={abc=[Put[item="
            + KEY
            + "], Delete[key="
            + KEY
            + "]]}, returnConsumedCapacity=TOTAL, returnItemCollectionMetrics=SIZE]");
  }

  @Test
  void tables() {
    String settings =
        "'TableName':'abc','AttributeDefinitions':[{'AttributeName':'p','AttributeType':'B'}],"
            + "'BillingMode':'PROVISIONED','ProvisionedThroughput':{'ReadCapacityUnits':1,"
            + "'WriteCapacityUnits':2},'SSESpecification':{'Enabled':true,'SSEType':'KMS',"
            + "'KMSMasterKeyId':'key'},'TableClass':'STANDARD','DeletionProtectionEnabled':true,"
            + "'WarmThroughput':{'ReadUnitsPerSecond':3,'WriteUnitsPerSecond':4},"
            + "'OnDemandThroughput':{'MaxReadRequestUnits':5,'MaxWriteRequestUnits':6}";
    String encryption =
        "sseSpecification=SseSpecification[enabled=true, sseType=KMS, kmsMasterKeyId=key]";
    String throughput =
        "billingMode=PROVISIONED, provisionedThroughput=ProvisionedThroughput[readCapacityUnits=1,"
            + " writeCapacityUnits=2], ";
    String rest =
        "tableClass=STANDARD, deletionProtectionEnabled=true,"
            + " warmThroughput=WarmThroughput[readUnitsPerSecond=3, writeUnitsPerSecond=4],"
            + " onDemandThroughput=OnDemandThroughput[maxReadRequestUnits=5,"
            + " maxWriteRequestUnits=6]]";
    String definitions =
        "tableName=abc, attributeDefinitions=[AttributeDefinition[attributeName=p,"
            + " attributeType=B]], ";
    becomes(
        "CreateTable",
        "{"
            + settings
            + ",'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}],"
            + "'Tags':[{'Key':'k','Value':'v'}]}",
        "CreateTableRequest["
            + definitions
            + "keySchema=[KeySchemaElement[attributeName=p, keyType=HASH]], "
            + "localSecondaryIndexes=null, globalSecondaryIndexes=null, "
            + throughput
            + "streamSpecification=null, "
            + encryption
            + ", tags=[Tag[key=k, value=v]], "
            + rest);
    becomes(
        "UpdateTable",
        "{" + settings + "}",
        "UpdateTableRequest["
            + definitions
            + throughput
            + "globalSecondaryIndexUpdates=null, streamSpecification=null, "
            + encryption
            + ", "
            + rest);
    String table = "{'TableName':'arn:aws:dynamodb:ddblocal:0:table/abc'}";
    becomes("DescribeTable", table, "DescribeTableRequest[tableName=abc]");
    becomes("DeleteTable", table, "DeleteTableRequest[tableName=abc]");
    becomes("DescribeTimeToLive", table, "DescribeTimeToLiveRequest[tableName=abc]");
    becomes("DescribeContinuousBackups", table, "DescribeContinuousBackupsRequest[tableName=abc]");
    becomes(
        "ListTables",
        "{'ExclusiveStartTableName':'abc','Limit':100}",
        "ListTablesRequest[exclusiveStartTableName=abc, limit=100]");
  }

  @Test
  void tagsAndTheService() {
    becomes(
        "TagResource",
        "{'ResourceArn':'arn:x','Tags':[{'Key':'k','Value':'v'}]}",
        "TagResourceRequest[resourceArn=arn:x, tags=[Tag[key=k, value=v]]]");
    becomes(
        "UntagResource",
        "{'ResourceArn':'arn:x','TagKeys':['k']}",
        "UntagResourceRequest[resourceArn=arn:x, tagKeys=[k]]");
    becomes(
        "ListTagsOfResource",
        "{'ResourceArn':'arn:x','NextToken':'t'}",
        "ListTagsOfResourceRequest[resourceArn=arn:x, nextToken=t]");
    becomes("DescribeLimits", "{}", "DescribeLimitsRequest[]");
    becomes("DescribeEndpoints", "{}", "DescribeEndpointsRequest[]");
  }
}
