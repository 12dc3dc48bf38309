package dev.partita.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyType;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.AttributeDefinition;
import dev.partita.model.api.BatchWriteItemResponse;
import dev.partita.model.api.Capacity;
import dev.partita.model.api.ConsumedCapacity;
import dev.partita.model.api.CreateTableRequest;
import dev.partita.model.api.DescribeTableResponse;
import dev.partita.model.api.DescribeTimeToLiveResponse;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.GlobalSecondaryIndex;
import dev.partita.model.api.GlobalSecondaryIndexDescription;
import dev.partita.model.api.GlobalSecondaryIndexUpdate;
import dev.partita.model.api.IndexProjection;
import dev.partita.model.api.IndexStatus;
import dev.partita.model.api.IndexWarmThroughputDescription;
import dev.partita.model.api.ItemCollectionMetrics;
import dev.partita.model.api.KeySchemaElement;
import dev.partita.model.api.LocalSecondaryIndex;
import dev.partita.model.api.LocalSecondaryIndexDescription;
import dev.partita.model.api.OnDemandThroughput;
import dev.partita.model.api.ProjectionType;
import dev.partita.model.api.ProvisionedThroughput;
import dev.partita.model.api.ProvisionedThroughputDescription;
import dev.partita.model.api.PutItemResponse;
import dev.partita.model.api.QueryResponse;
import dev.partita.model.api.StreamSpecification;
import dev.partita.model.api.StreamViewType;
import dev.partita.model.api.TableDescription;
import dev.partita.model.api.TableStatus;
import dev.partita.model.api.ThrottlingReason;
import dev.partita.model.api.TimeToLiveSpecification;
import dev.partita.model.api.TimeToLiveStatus;
import dev.partita.model.api.UpdateTableRequest;
import dev.partita.model.api.UpdateTimeToLiveRequest;
import dev.partita.model.api.UpdateTimeToLiveResponse;
import dev.partita.model.api.WarmThroughput;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Indexes, streams and time to live of tables, and what writes and errors tell of them. */
class IndexesTest {
  private static final Item ITEM = Item.of(Map.of("p", new AttributeValue.StringValue("x")));
  private static final String ITEM_JSON = "{'p':{'S':'x'}}";
  private static final List<KeySchemaElement> HASH =
      List.of(new KeySchemaElement("p", KeyType.HASH));
  private static final String HASH_JSON = "'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}]";
  private static final String KEYS_JSON =
      "'KeySchema':[{'AttributeName':'p','KeyType':'HASH'},"
          + "{'AttributeName':'s','KeyType':'RANGE'}]";
  private static final List<KeySchemaElement> KEYS =
      List.of(new KeySchemaElement("p", KeyType.HASH), new KeySchemaElement("s", KeyType.RANGE));
  private static final String TABLE =
      "'TableName':'abc','AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'}],";
  private static final List<AttributeDefinition> DEFINITIONS =
      List.of(new AttributeDefinition("p", AttributeType.S));
  private static final String GLOBAL_JSON =
      "{'IndexName':'gsi',"
          + HASH_JSON
          + ",'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['a','b']},"
          + "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':2},"
          + "'OnDemandThroughput':{'MaxReadRequestUnits':3,'MaxWriteRequestUnits':4},"
          + "'WarmThroughput':{'ReadUnitsPerSecond':5,'WriteUnitsPerSecond':6}}";
  private static final GlobalSecondaryIndex GLOBAL =
      new GlobalSecondaryIndex(
          "gsi",
          HASH,
          new IndexProjection(ProjectionType.INCLUDE, List.of("a", "b")),
          new ProvisionedThroughput(1, 2),
          new OnDemandThroughput(3L, 4L),
          new WarmThroughput(5L, 6L));

  private final ProtocolFixture protocol = new ProtocolFixture();

  @Test
  void aTableWithIndexesAndAStream() {
    assertEquals(
        new CreateTableRequest(
            "abc",
            DEFINITIONS,
            HASH,
            List.of(
                new LocalSecondaryIndex(
                    "lsi", KEYS, new IndexProjection(ProjectionType.ALL, null))),
            List.of(
                GLOBAL,
                new GlobalSecondaryIndex(
                    "gsj", HASH, new IndexProjection(null, null), null, null, null)),
            null,
            null,
            new StreamSpecification(true, StreamViewType.NEW_AND_OLD_IMAGES),
            null,
            null,
            null,
            null,
            null,
            null),
        protocol.request(
            "CreateTable",
            "{"
                + TABLE
                + HASH_JSON
                + ",'LocalSecondaryIndexes':[{'IndexName':'lsi',"
                + KEYS_JSON
                + ",'Projection':{'ProjectionType':'ALL'}}],'GlobalSecondaryIndexes':["
                + GLOBAL_JSON
                + ",{'IndexName':'gsj',"
                + HASH_JSON
                + ",'Projection':{}}],'StreamSpecification':{'StreamEnabled':true,"
                + "'StreamViewType':'NEW_AND_OLD_IMAGES'}}"));
  }

  @Test
  void changesOfIndexesAndStream() {
    assertEquals(
        new UpdateTableRequest(
            "abc",
            DEFINITIONS,
            null,
            null,
            List.of(
                new GlobalSecondaryIndexUpdate(null, GLOBAL, null),
                new GlobalSecondaryIndexUpdate(
                    new GlobalSecondaryIndexUpdate.Update(
                        "gsj",
                        new ProvisionedThroughput(1, 2),
                        new OnDemandThroughput(3L, null),
                        new WarmThroughput(null, 4L)),
                    null,
                    null),
                new GlobalSecondaryIndexUpdate(
                    null, null, new GlobalSecondaryIndexUpdate.Delete("gsk"))),
            new StreamSpecification(false, null),
            null,
            null,
            null,
            null,
            null),
        protocol.request(
            "UpdateTable",
            "{"
                + TABLE
                + "'GlobalSecondaryIndexUpdates':[{'Create':"
                + GLOBAL_JSON
                + "},{'Update':{'IndexName':'gsj','ProvisionedThroughput':{"
                + "'ReadCapacityUnits':1,'WriteCapacityUnits':2},'OnDemandThroughput':{"
                + "'MaxReadRequestUnits':3},'WarmThroughput':{'WriteUnitsPerSecond':4}}},"
                + "{'Delete':{'IndexName':'gsk'}}],"
                + "'StreamSpecification':{'StreamEnabled':false}}"));
  }

  @Test
  void constraintsOfTheModel() {
    String element = "KeySchemaElement(attributeName=p, keyType=HASH)";
    protocol.refuses(
        "CreateTable",
        "{"
            + TABLE
            + HASH_JSON
            + ",'LocalSecondaryIndexes':[{'IndexName':'l;','KeySchema':["
            + "{'AttributeName':'p','KeyType':'HASH'},".repeat(2)
            + "{'AttributeName':'p','KeyType':'HASH'}]}],'GlobalSecondaryIndexes':[{"
            + "'IndexName':'gsi','KeySchema':[],'Projection':{'ProjectionType':'nonsense',"
            + "'NonKeyAttributes':[]}}],'StreamSpecification':{'StreamViewType':'Fisk'}}",
        "9 validation errors detected: Value 'l;' at 'localSecondaryIndexes.1.member.indexName'"
            + " failed to satisfy constraint: Member must satisfy regular expression pattern:"
            + " [a-zA-Z0-9_.-]+; Value 'l;' at 'localSecondaryIndexes.1.member.indexName' failed to"
            + " satisfy constraint: Member must have length greater than or equal to 3; Value '["
            + String.join(", ", element, element, element)
            + "]' at 'localSecondaryIndexes.1.member.keySchema' failed to satisfy constraint:"
            + " Member must have length less than or equal to 2; Value null at"
            + " 'localSecondaryIndexes.1.member.projection' failed to satisfy constraint: Member"
            + " must not be null; Value '[]' at 'globalSecondaryIndexes.1.member.keySchema' failed"
            + " to satisfy constraint: Member must have length greater than or equal to 1; Value"
            + " 'nonsense' at 'globalSecondaryIndexes.1.member.projection.projectionType' failed to"
            + " satisfy constraint: Member must satisfy enum value set: [ALL, INCLUDE, KEYS_ONLY];"
            + " Value '[]' at 'globalSecondaryIndexes.1.member.projection.nonKeyAttributes' failed"
            + " to satisfy constraint: Member must have length greater than or equal to 1; Value"
            + " null at 'streamSpecification.streamEnabled' failed to satisfy constraint: Member"
            + " must not be null; Value 'Fisk' at 'streamSpecification.streamViewType' failed to"
            + " satisfy constraint: Member must satisfy enum value set: [NEW_IMAGE, OLD_IMAGE,"
            + " NEW_AND_OLD_IMAGES, KEYS_ONLY]");
  }

  @Test
  void descriptions() {
    protocol.database.answer(new DescribeTableResponse(described()));
    answersOf(
        "DescribeTable",
        "{'TableName':'abc'}",
        "{'Table':{'TableName':'abc','TableStatus':'ACTIVE','TableSizeBytes':1,'ItemCount':2,"
            + "'TableArn':'arn','TableId':'id','LocalSecondaryIndexes':[{'IndexName':'lsi',"
            + KEYS_JSON
            + ",'Projection':{'ProjectionType':'KEYS_ONLY'},'IndexSizeBytes':3,'ItemCount':4,"
            + "'IndexArn':'arn/index/lsi'}],'GlobalSecondaryIndexes':[{'IndexName':'gsi',"
            + HASH_JSON
            + ",'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['a']},"
            + "'IndexStatus':'CREATING','Backfilling':true,'ProvisionedThroughput':{"
            + "'NumberOfDecreasesToday':0,'ReadCapacityUnits':5,'WriteCapacityUnits':6},"
            + "'IndexSizeBytes':7,'ItemCount':8,'IndexArn':'arn/index/gsi','OnDemandThroughput':{"
            + "'MaxWriteRequestUnits':9},'WarmThroughput':{'ReadUnitsPerSecond':10,"
            + "'WriteUnitsPerSecond':11,'Status':'UPDATING'}}],'StreamSpecification':{"
            + "'StreamEnabled':true,'StreamViewType':'OLD_IMAGE'},'LatestStreamLabel':'label',"
            + "'LatestStreamArn':'arn/stream/label','DeletionProtectionEnabled':false}}");
  }

  private static TableDescription described() {
    return new TableDescription(
        null,
        "abc",
        null,
        TableStatus.ACTIVE,
        null,
        null,
        1,
        2,
        "arn",
        "id",
        null,
        List.of(
            new LocalSecondaryIndexDescription(
                "lsi",
                KEYS,
                new IndexProjection(ProjectionType.KEYS_ONLY, null),
                3,
                4,
                "arn/index/lsi")),
        List.of(
            new GlobalSecondaryIndexDescription(
                "gsi",
                HASH,
                new IndexProjection(ProjectionType.INCLUDE, List.of("a")),
                IndexStatus.CREATING,
                true,
                new ProvisionedThroughputDescription(null, null, 0, 5, 6),
                7,
                8,
                "arn/index/gsi",
                new OnDemandThroughput(null, 9L),
                new IndexWarmThroughputDescription(10, 11, IndexStatus.UPDATING))),
        new StreamSpecification(true, StreamViewType.OLD_IMAGE),
        "label",
        "arn/stream/label",
        null,
        null,
        false,
        null,
        null);
  }

  @Test
  void timeToLive() {
    TimeToLiveSpecification specification = new TimeToLiveSpecification("ttl", true);
    String json = "'TimeToLiveSpecification':{'AttributeName':'ttl','Enabled':true}}";
    protocol.database.answer(new UpdateTimeToLiveResponse(specification));
    answersOf("UpdateTimeToLive", "{'TableName':'abc'," + json, "{" + json);
    assertEquals(new UpdateTimeToLiveRequest("abc", specification), protocol.database.last());
    protocol.database.answer(new DescribeTimeToLiveResponse(TimeToLiveStatus.ENABLED, "ttl"));
    answersOf(
        "DescribeTimeToLive",
        "{'TableName':'abc'}",
        "{'TimeToLiveDescription':{'TimeToLiveStatus':'ENABLED','AttributeName':'ttl'}}");
    protocol.refuses(
        "UpdateTimeToLive",
        "{}",
        "The parameter 'TableName' is required but was not present in the request");
    protocol.refuses(
        "UpdateTimeToLive",
        "{'TableName':'abc','TimeToLiveSpecification':{'AttributeName':''}}",
        "2 validation errors detected: Value null at 'timeToLiveSpecification.enabled' failed to"
            + " satisfy constraint: Member must not be null; Value '' at"
            + " 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must"
            + " have length greater than or equal to 1");
  }

  @Test
  void metricsAndCapacityOfIndexes() {
    ItemCollectionMetrics metrics = new ItemCollectionMetrics(ITEM, List.of(0.5, 1.5));
    String metricsJson = "{'ItemCollectionKey':" + ITEM_JSON + ",'SizeEstimateRangeGB':[0.5,1.5]}";
    answers(
        "PutItem",
        "{'TableName':'abc','Item':{}}",
        new PutItemResponse(null, null, metrics),
        "{'ItemCollectionMetrics':" + metricsJson + "}");
    answers(
        "BatchWriteItem",
        "{'RequestItems':{'abc':[{'PutRequest':{'Item':{}}}]}}",
        new BatchWriteItemResponse(Map.of(), null, Map.of("abc", List.of(metrics, metrics))),
        "{'UnprocessedItems':{},'ItemCollectionMetrics':{'abc':["
            + metricsJson
            + ","
            + metricsJson
            + "]}}");
    answers(
        "Query",
        "{'TableName':'abc','IndexName':'gsi','KeyConditionExpression':'p = :p'}",
        new QueryResponse(
            null,
            0,
            0,
            null,
            new ConsumedCapacity(
                "abc", 0.5, null, null, new Capacity(0), null, Map.of("gsi", new Capacity(0.5)))),
        "{'Count':0,'ScannedCount':0,'ConsumedCapacity':{'TableName':'abc','CapacityUnits':0.5,"
            + "'Table':{'CapacityUnits':0.0},'GlobalSecondaryIndexes':{'gsi':{"
            + "'CapacityUnits':0.5}}}}");
  }

  @Test
  void reasonsOfThrottling() {
    List<ThrottlingReason> reasons =
        List.of(new ThrottlingReason("IndexWriteKeyRangeThroughputExceeded", "arn/index/gsi"));
    String json = "[{'reason':'IndexWriteKeyRangeThroughputExceeded','resource':'arn/index/gsi'}]}";
    failsWith(
        ApiError.throttled(ErrorType.THROTTLING, "m", reasons),
        "{'__type':'com.amazon.coral.availability#ThrottlingException','message':'m',"
            + "'throttlingReasons':"
            + json);
    String namespace = "{'__type':'com.amazonaws.dynamodb.v20120810#";
    failsWith(
        ApiError.throttled(ErrorType.PROVISIONED_THROUGHPUT_EXCEEDED, "m", reasons),
        namespace
            + "ProvisionedThroughputExceededException','message':'m','ThrottlingReasons':"
            + json);
    failsWith(
        ApiError.throttled(ErrorType.REQUEST_LIMIT_EXCEEDED, "m", reasons),
        namespace + "RequestLimitExceeded','message':'m','ThrottlingReasons':" + json);
  }

  private void failsWith(ApiError error, String expected) {
    protocol.database.fail(error);
    answersOf("PutItem", "{'TableName':'abc','Item':{}}", expected);
  }

  private void answers(String operation, String request, ApiResponse response, String expected) {
    protocol.database.answer(response);
    answersOf(operation, request, expected);
  }

  private void answersOf(String operation, String request, String expected) {
    assertEquals(expected.replace('\'', '"'), protocol.answer(operation, request));
  }
}
