package dev.partita.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyType;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.AttributeDefinition;
import dev.partita.model.api.BatchGetItemResponse;
import dev.partita.model.api.BatchWriteItemResponse;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.BillingModeSummary;
import dev.partita.model.api.Capacity;
import dev.partita.model.api.ConsumedCapacity;
import dev.partita.model.api.CreateTableResponse;
import dev.partita.model.api.DeleteItemResponse;
import dev.partita.model.api.DeleteTableResponse;
import dev.partita.model.api.DescribeContinuousBackupsResponse;
import dev.partita.model.api.DescribeEndpointsResponse;
import dev.partita.model.api.DescribeLimitsResponse;
import dev.partita.model.api.DescribeTableResponse;
import dev.partita.model.api.DescribeTimeToLiveResponse;
import dev.partita.model.api.KeySchemaElement;
import dev.partita.model.api.KeysAndAttributes;
import dev.partita.model.api.ListTagsOfResourceResponse;
import dev.partita.model.api.OnDemandThroughput;
import dev.partita.model.api.ProvisionedThroughputDescription;
import dev.partita.model.api.QueryResponse;
import dev.partita.model.api.ScanResponse;
import dev.partita.model.api.SseDescription;
import dev.partita.model.api.SseType;
import dev.partita.model.api.TableClass;
import dev.partita.model.api.TableClassSummary;
import dev.partita.model.api.TableDescription;
import dev.partita.model.api.TableStatus;
import dev.partita.model.api.TableWarmThroughputDescription;
import dev.partita.model.api.Tag;
import dev.partita.model.api.TagResourceResponse;
import dev.partita.model.api.TimeToLiveStatus;
import dev.partita.model.api.UntagResourceResponse;
import dev.partita.model.api.UpdateItemResponse;
import dev.partita.model.api.UpdateTableResponse;
import dev.partita.model.api.WriteRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Golden answers, in JSON with single quotes. */
class ResponsesTest {
  private static final Item ITEM = Item.of(Map.of("p", new AttributeValue.StringValue("x")));
  private static final String ITEM_JSON = "{'p':{'S':'x'}}";

  private static final String TABLE_JSON =
      "{'AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'}],'TableName':'abc',"
          + "'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}],'TableStatus':'ACTIVE',"
          + "'CreationDateTime':1.700000000123E9,'ProvisionedThroughput':{"
          + "'LastIncreaseDateTime':1.7E9,'NumberOfDecreasesToday':0,'ReadCapacityUnits':5,"
          + "'WriteCapacityUnits':6},'TableSizeBytes':7,'ItemCount':8,'TableArn':'arn',"
          + "'TableId':'id','BillingModeSummary':{'BillingMode':'PAY_PER_REQUEST',"
          + "'LastUpdateToPayPerRequestDateTime':1.7E9},'SSEDescription':{'Status':'ENABLED',"
          + "'SSEType':'KMS','KMSMasterKeyArn':'key'},'TableClassSummary':{"
          + "'TableClass':'STANDARD'},'DeletionProtectionEnabled':true,'OnDemandThroughput':{"
          + "'MaxReadRequestUnits':9},'WarmThroughput':{'ReadUnitsPerSecond':12000,"
          + "'WriteUnitsPerSecond':4000,'Status':'ACTIVE'}}";

  private final ProtocolFixture protocol = new ProtocolFixture();

  private static TableDescription table() {
    return new TableDescription(
        List.of(new AttributeDefinition("p", AttributeType.S)),
        "abc",
        List.of(new KeySchemaElement("p", KeyType.HASH)),
        TableStatus.ACTIVE,
        1_700_000_000.123,
        new ProvisionedThroughputDescription(1_700_000_000.0, null, 0, 5, 6),
        7,
        8,
        "arn",
        "id",
        new BillingModeSummary(BillingMode.PAY_PER_REQUEST, 1_700_000_000.0),
        null,
        null,
        null,
        null,
        null,
        new SseDescription("ENABLED", SseType.KMS, "key"),
        new TableClassSummary(TableClass.STANDARD, null),
        true,
        new OnDemandThroughput(9L, null),
        new TableWarmThroughputDescription(12_000, 4_000, TableStatus.ACTIVE));
  }

  private void answers(String operation, String request, ApiResponse response, String expected) {
    protocol.database.answer(response);
    assertEquals(expected.replace('\'', '"'), protocol.answer(operation, request));
  }

  @Test
  void itemsAndCapacity() {
    String delete = "{'TableName':'abc','Key':{}}";
    answers("DeleteItem", delete, new DeleteItemResponse(null, null), "{}");
    answers(
        "DeleteItem",
        delete,
        new DeleteItemResponse(ITEM, new ConsumedCapacity("abc", 1, new Capacity(1))),
        "{'Attributes':"
            + ITEM_JSON
            + ",'ConsumedCapacity':{'TableName':'abc','CapacityUnits':1.0,"
            + "'Table':{'CapacityUnits':1.0}}}");
    String arn = "arn:aws:dynamodb:us-east-1:1:table/abc";
    answers(
        "UpdateItem",
        "{'TableName':'" + arn + "','Key':{}}",
        new UpdateItemResponse(null, new ConsumedCapacity("abc", 2.5, null)),
        "{'ConsumedCapacity':{'TableName':'" + arn + "','CapacityUnits':2.5}}");
  }

  @Test
  void pages() {
    answers(
        "Query",
        "{'TableName':'abc','KeyConditionExpression':'p = :p'}",
        new QueryResponse(List.of(ITEM, ITEM), 2, 3, ITEM, null),
        "{'Items':["
            + ITEM_JSON
            + ","
            + ITEM_JSON
            + "],'Count':2,'ScannedCount':3,'LastEvaluatedKey':"
            + ITEM_JSON
            + "}");
    answers(
        "Scan",
        "{'TableName':'abc','Select':'COUNT'}",
        new ScanResponse(null, 2, 3, null, new ConsumedCapacity("abc", 0.5, null)),
        "{'Count':2,'ScannedCount':3,'ConsumedCapacity':{'TableName':'abc',"
            + "'CapacityUnits':0.5}}");
    answers(
        "Scan",
        "{'TableName':'abc'}",
        new ScanResponse(List.of(), 0, 0, null, null),
        "{'Items':[],'Count':0,'ScannedCount':0}");
  }

  @Test
  void batches() {
    answers(
        "BatchGetItem",
        "{'RequestItems':{'abc':{'Keys':[{}]}}}",
        new BatchGetItemResponse(
            Map.of("abc", List.of(ITEM)),
            Map.of(
                "abd",
                new KeysAndAttributes(List.of(ITEM), List.of("a"), true, "#a", Map.of("#a", "a"))),
            List.of(new ConsumedCapacity("abc", 1, null))),
        "{'Responses':{'abc':["
            + ITEM_JSON
            + "]},'UnprocessedKeys':{'abd':{'Keys':["
            + ITEM_JSON
            + "],'AttributesToGet':['a'],'ConsistentRead':true,'ProjectionExpression':'#a',"
            + "'ExpressionAttributeNames':{'#a':'a'}}},"
            + "'ConsumedCapacity':[{'TableName':'abc','CapacityUnits':1.0}]}");
    answers(
        "BatchWriteItem",
        "{'RequestItems':{'abc':[{'PutRequest':{'Item':{}}}]}}",
        new BatchWriteItemResponse(
            Map.of("abc", List.of(new WriteRequest.Put(ITEM), new WriteRequest.Delete(ITEM))),
            null),
        "{'UnprocessedItems':{'abc':[{'PutRequest':{'Item':"
            + ITEM_JSON
            + "}},{'DeleteRequest':{'Key':"
            + ITEM_JSON
            + "}}]}}");
  }

  @Test
  void tables() {
    String request = "{'TableName':'abc'}";
    answers(
        "DescribeTable",
        request,
        new DescribeTableResponse(table()),
        "{'Table':" + TABLE_JSON + "}");
    String described = "{'TableDescription':" + TABLE_JSON + "}";
    answers("DeleteTable", request, new DeleteTableResponse(table()), described);
    answers("UpdateTable", request, new UpdateTableResponse(table()), described);
    answers(
        "CreateTable",
        "{'TableName':'abc','AttributeDefinitions':[],"
            + "'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}]}",
        new CreateTableResponse(table()),
        described);
    answers(
        "DescribeTimeToLive",
        request,
        new DescribeTimeToLiveResponse(TimeToLiveStatus.DISABLED, null),
        "{'TimeToLiveDescription':{'TimeToLiveStatus':'DISABLED'}}");
    answers(
        "DescribeContinuousBackups",
        request,
        new DescribeContinuousBackupsResponse("ENABLED", "DISABLED"),
        "{'ContinuousBackupsDescription':{'ContinuousBackupsStatus':'ENABLED',"
            + "'PointInTimeRecoveryDescription':{'PointInTimeRecoveryStatus':'DISABLED'}}}");
  }

  @Test
  void tagsAndTheService() {
    answers(
        "TagResource",
        "{'ResourceArn':'arn:x','Tags':[{'Key':'a','Value':''}]}",
        new TagResourceResponse(),
        "");
    answers(
        "UntagResource",
        "{'ResourceArn':'arn:x','TagKeys':['a']}",
        new UntagResourceResponse(),
        "");
    answers(
        "ListTagsOfResource",
        "{'ResourceArn':'arn:x'}",
        new ListTagsOfResourceResponse(List.of(new Tag("a", "\u0001é\uD83D\uDE00")), null),
        "{'Tags':[{'Key':'a','Value':'\\u0001é\uD83D\uDE00'}]}");
    answers(
        "DescribeLimits",
        "{}",
        new DescribeLimitsResponse(1, 2, 3, 4),
        "{'AccountMaxReadCapacityUnits':1,'AccountMaxWriteCapacityUnits':2,"
            + "'TableMaxReadCapacityUnits':3,'TableMaxWriteCapacityUnits':4}");
    answers(
        "DescribeEndpoints",
        "{}",
        new DescribeEndpointsResponse("localhost:8000", 1440),
        "{'Endpoints':[{'Address':'localhost:8000','CachePeriodInMinutes':1440}]}");
  }
}
