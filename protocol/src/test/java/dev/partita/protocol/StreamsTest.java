package dev.partita.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Bytes;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyType;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.DescribeStreamRequest;
import dev.partita.model.api.DescribeStreamResponse;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.GetRecordsRequest;
import dev.partita.model.api.GetRecordsResponse;
import dev.partita.model.api.GetShardIteratorRequest;
import dev.partita.model.api.GetShardIteratorResponse;
import dev.partita.model.api.KeySchemaElement;
import dev.partita.model.api.ListStreamsRequest;
import dev.partita.model.api.ListStreamsResponse;
import dev.partita.model.api.SequenceNumberRange;
import dev.partita.model.api.Shard;
import dev.partita.model.api.ShardFilter;
import dev.partita.model.api.ShardFilterType;
import dev.partita.model.api.ShardIteratorType;
import dev.partita.model.api.StreamChange;
import dev.partita.model.api.StreamDescription;
import dev.partita.model.api.StreamEventName;
import dev.partita.model.api.StreamRecord;
import dev.partita.model.api.StreamStatus;
import dev.partita.model.api.StreamSummary;
import dev.partita.model.api.StreamUserIdentity;
import dev.partita.model.api.StreamViewType;
import dev.partita.protocol.encoding.RetainedBytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The four operations of DynamoDB Streams. */
class StreamsTest {
  private static final String ARN =
      "arn:aws:dynamodb:us-east-1:000000000000:table/abc/stream/2026-01-02T03:04:05.678";
  private static final String SHARD = "shardId-00000000000000000001-00000001";
  private static final String NUMBER = "000000000000000000001";
  private static final Item KEYS = Item.of(Map.of("p", new AttributeValue.StringValue("x")));

  private final ProtocolFixture protocol = new ProtocolFixture();

  @Test
  void requestsBecomeTyped() {
    assertEquals(
        new ListStreamsRequest("abc", 100, ARN),
        protocol.request(
            "ListStreams",
            "{'TableName':'abc','Limit':100,'ExclusiveStartStreamArn':'" + ARN + "'}"));
    assertEquals(new ListStreamsRequest(null, null, null), protocol.request("ListStreams", "{}"));
    assertEquals(
        new DescribeStreamRequest(
            ARN, 1, SHARD, new ShardFilter(ShardFilterType.CHILD_SHARDS, SHARD)),
        protocol.request(
            "DescribeStream",
            "{'StreamArn':'"
                + ARN
                + "','Limit':1,'ExclusiveStartShardId':'"
                + SHARD
                + "','ShardFilter':{'Type':'CHILD_SHARDS','ShardId':'"
                + SHARD
                + "'}}"));
    assertEquals(
        new GetShardIteratorRequest(ARN, SHARD, ShardIteratorType.AT_SEQUENCE_NUMBER, NUMBER),
        protocol.request(
            "GetShardIterator",
            iterator("AT_SEQUENCE_NUMBER", ",'SequenceNumber':'" + NUMBER + "'")));
    assertEquals(
        new GetShardIteratorRequest(ARN, SHARD, ShardIteratorType.LATEST, null),
        protocol.request("GetShardIterator", iterator("LATEST", "")));
    assertEquals(
        new GetRecordsRequest("i", 1000),
        protocol.request("GetRecords", "{'ShardIterator':'i','Limit':1000}"));
  }

  private static String iterator(String type, String more) {
    return "{'StreamArn':'"
        + ARN
        + "','ShardId':'"
        + SHARD
        + "','ShardIteratorType':'"
        + type
        + "'"
        + more
        + "}";
  }

  @Test
  void constraintsOfTheModel() {
    protocol.refuses(
        "ListStreams",
        "{'TableName':'a','Limit':0}",
        "2 validation errors detected: Value 'a' at 'tableName' failed to satisfy constraint:"
            + " Member must have length greater than or equal to 3; Value '0' at 'limit' failed to"
            + " satisfy constraint: Member must have value greater than or equal to 1");
    protocol.refuses(
        "ListStreams",
        "{'Limit':101}",
        "1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: Member"
            + " must have value less than or equal to 100");
    protocol.refuses(
        "DescribeStream",
        "{'ShardFilter':{'ShardId':'qwerty'}}",
        "3 validation errors detected: Value null at 'streamArn' failed to satisfy constraint:"
            + " Member must not be null; Value null at 'shardFilter.type' failed to satisfy"
            + " constraint: Member must not be null; Value 'qwerty' at 'shardFilter.shardId' failed"
            + " to satisfy constraint: Member must have length greater than or equal to 28");
    protocol.refuses(
        "GetShardIterator",
        "{'StreamArn':'"
            + ARN
            + "','ShardId':'"
            + "s".repeat(66)
            + "','ShardIteratorType':'bulle','SequenceNumber':'1'}",
        "3 validation errors detected: Value '"
            + "s".repeat(66)
            + "' at 'shardId' failed to satisfy constraint: Member must have length less than or"
            + " equal to 65; Value 'bulle' at 'shardIteratorType' failed to satisfy constraint:"
            + " Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST,"
            + " AT_SEQUENCE_NUMBER, TRIM_HORIZON]; Value '1' at 'sequenceNumber' failed to satisfy"
            + " constraint: Member must have length greater than or equal to 21");
    protocol.refuses(
        "GetRecords",
        "{'ShardIterator':'','Limit':1001}",
        "2 validation errors detected: Value '' at 'shardIterator' failed to satisfy constraint:"
            + " Member must have length greater than or equal to 1; Value '1001' at 'limit' failed"
            + " to satisfy constraint: Member must have value less than or equal to 1000");
  }

  /** Source: aws-sdk-js 2, integration tests: AWS calls it no ARN, not too short. */
  @Test
  void aShortArnIsNoViolationOfTheModel() {
    assertEquals(
        new DescribeStreamRequest("fake-stream", null, null, null),
        protocol.request("DescribeStream", "{'StreamArn':'fake-stream'}"));
    String arn = "a".repeat(1025);
    protocol.refuses(
        "DescribeStream",
        "{'StreamArn':'" + arn + "'}",
        "1 validation error detected: Value '"
            + arn
            + "' at 'streamArn' failed to satisfy constraint: Member must have length less than or"
            + " equal to 1024");
  }

  @Test
  void iteratorsThatStartAtANumberHaveOne() {
    protocol.refuses(
        "GetShardIterator",
        iterator("AFTER_SEQUENCE_NUMBER", ""),
        "The SequenceNumber parameter is required but was not present in the request when"
            + " ShardIteratorType is AFTER_SEQUENCE_NUMBER");
    protocol.refuses(
        "GetShardIterator",
        iterator("TRIM_HORIZON", ",'SequenceNumber':'" + NUMBER + "'"),
        "The SequenceNumber parameter can not be specified when ShardIteratorType is TRIM_HORIZON");
  }

  @Test
  void descriptions() {
    answers(
        "ListStreams",
        "{}",
        new ListStreamsResponse(List.of(new StreamSummary(ARN, "abc", "label")), ARN),
        "{'Streams':[{'StreamArn':'"
            + ARN
            + "','TableName':'abc','StreamLabel':'label'}],'LastEvaluatedStreamArn':'"
            + ARN
            + "'}");
    answers("ListStreams", "{}", new ListStreamsResponse(List.of(), null), "{'Streams':[]}");
    answers(
        "DescribeStream",
        "{'StreamArn':'" + ARN + "'}",
        new DescribeStreamResponse(
            new StreamDescription(
                ARN,
                "label",
                StreamStatus.ENABLED,
                StreamViewType.KEYS_ONLY,
                1_700_000_000.5,
                "abc",
                List.of(new KeySchemaElement("p", KeyType.HASH)),
                List.of(
                    new Shard("s1", new SequenceNumberRange("1", "2"), null),
                    new Shard("s2", new SequenceNumberRange("3", null), "s1")),
                "s2")),
        "{'StreamDescription':{'StreamArn':'"
            + ARN
            + "','StreamLabel':'label','StreamStatus':'ENABLED','StreamViewType':'KEYS_ONLY',"
            + "'CreationRequestDateTime':1.7000000005E9,'TableName':'abc','KeySchema':["
            + "{'AttributeName':'p','KeyType':'HASH'}],'Shards':[{'ShardId':'s1',"
            + "'SequenceNumberRange':{'StartingSequenceNumber':'1','EndingSequenceNumber':'2'}},"
            + "{'ShardId':'s2','SequenceNumberRange':{'StartingSequenceNumber':'3'},"
            + "'ParentShardId':'s1'}],'LastEvaluatedShardId':'s2'}}");
    answers(
        "GetShardIterator",
        iterator("LATEST", ""),
        new GetShardIteratorResponse("i"),
        "{'ShardIterator':'i'}");
  }

  private static StreamRecord modified(Item before, Item after) {
    return new StreamRecord(
        "id1",
        StreamEventName.MODIFY,
        "1.1",
        "aws:dynamodb",
        "us-east-1",
        new StreamChange(
            1_700_000_000, KEYS, after, before, NUMBER, 42, StreamViewType.NEW_AND_OLD_IMAGES),
        null);
  }

  @Test
  void recordsOfEveryKind() {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    attributes.put("p", new AttributeValue.StringValue("x"));
    attributes.put("b", new AttributeValue.BinaryValue(Bytes.wrap(new byte[] {0, 1, 2})));
    attributes.put("z", AttributeValue.NullValue.NULL);
    attributes.put("l", new AttributeValue.ListValue(List.of(AttributeValue.BooleanValue.TRUE)));
    Item before = Item.of(attributes);
    Item after = Item.ofEncoded(before.encoded());
    StreamRecord expired =
        new StreamRecord(
            "id2",
            StreamEventName.REMOVE,
            "1.1",
            "aws:dynamodb",
            "us-east-1",
            new StreamChange(1_700_000_001, KEYS, null, null, NUMBER, 3, StreamViewType.KEYS_ONLY),
            new StreamUserIdentity("dynamodb.amazonaws.com", "Service"));
    String image = "{'p':{'S':'x'},'b':{'B':'AAEC'},'z':{'NULL':true},'l':{'L':[{'BOOL':true}]}}";
    answers(
        "GetRecords",
        "{'ShardIterator':'i'}",
        new GetRecordsResponse(List.of(modified(before, after), expired), "next"),
        "{'Records':[{'eventID':'id1','eventName':'MODIFY','eventVersion':'1.1',"
            + "'eventSource':'aws:dynamodb','awsRegion':'us-east-1','dynamodb':{"
            + "'ApproximateCreationDateTime':1.7E9,'Keys':{'p':{'S':'x'}},'NewImage':"
            + image
            + ",'OldImage':"
            + image
            + ",'SequenceNumber':'"
            + NUMBER
            + "','SizeBytes':42,'StreamViewType':'NEW_AND_OLD_IMAGES'}},{'eventID':'id2',"
            + "'eventName':'REMOVE','eventVersion':'1.1','eventSource':'aws:dynamodb',"
            + "'awsRegion':'us-east-1','dynamodb':{'ApproximateCreationDateTime':1.700000001E9,"
            + "'Keys':{'p':{'S':'x'}},'SequenceNumber':'"
            + NUMBER
            + "','SizeBytes':3,'StreamViewType':'KEYS_ONLY'},'userIdentity':{"
            + "'PrincipalId':'dynamodb.amazonaws.com','Type':'Service'}}],"
            + "'NextShardIterator':'next'}");
    answers(
        "GetRecords",
        "{'ShardIterator':'i'}",
        new GetRecordsResponse(List.of(), null),
        "{'Records':[]}");
  }

  @Test
  void whatRecordsHoldIsCounted() {
    Item image = Item.of(Map.of("a", new AttributeValue.StringValue("y".repeat(1000))));
    GetRecordsResponse response =
        new GetRecordsResponse(Collections.nCopies(1000, modified(image, image)), null);
    long bytes = RetainedBytes.of(response);
    assertTrue(bytes > 2_000_000 && bytes < 3_000_000, "bytes: " + bytes);
    protocol.database.answer(response);
    int length = protocol.answer("GetRecords", "{'ShardIterator':'i'}").length();
    assertTrue(length > 2_000_000, "length: " + length);
  }

  @Test
  void errors() {
    failsWith(ErrorType.EXPIRED_ITERATOR, "ExpiredIteratorException");
    failsWith(ErrorType.TRIMMED_DATA_ACCESS, "TrimmedDataAccessException");
    failsWith(ErrorType.RESOURCE_NOT_FOUND, "ResourceNotFoundException");
    failsWith(ErrorType.LIMIT_EXCEEDED, "LimitExceededException");
  }

  private void failsWith(ErrorType type, String name) {
    protocol.database.fail(new ApiError(type, "m"));
    assertEquals(
        ("{'__type':'com.amazonaws.dynamodb.v20120810#" + name + "','message':'m'}")
            .replace('\'', '"'),
        protocol.answer("GetRecords", "{'ShardIterator':'i'}"));
  }

  private void answers(String operation, String request, ApiResponse response, String expected) {
    protocol.database.answer(response);
    assertEquals(expected.replace('\'', '"'), protocol.answer(operation, request));
  }
}
