package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.partita.testing.reference.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * Requests that DynamoDB Streams refuses.
 *
 * <p>Sources of the texts: AWS's API reference, ScyllaDB's Alternator suite, answers of AWS as
 * people report them in issues of public projects.
 */
@ExtendWith(SharedServer.class)
class StreamErrorsTest {
  private static final String NOT_FOUND =
      "400 ResourceNotFoundException: Requested resource not found: ";
  private static final String INVALID = "400 ValidationException: ";
  private static final String TRIM_HORIZON = "'ShardIteratorType':'TRIM_HORIZON'";

  private final RawClient raw;
  private final String arn;
  private final String shard;
  private final String start;
  private final List<String> mismatches = new ArrayList<>();

  StreamErrorsTest(Server server) {
    raw = server.raw();
    DynamoDbClient client = server.sdk();
    String table = Tables.name();
    client.createTable(
        Tables.request(table, ScalarAttributeType.S)
            .streamSpecification(
                s -> s.streamEnabled(true).streamViewType(StreamViewType.KEYS_ONLY))
            .build());
    client.waiter().waitUntilTableExists(r -> r.tableName(table));
    arn = client.describeTable(r -> r.tableName(table)).table().latestStreamArn();
    Json.ObjectOf description =
        (Json.ObjectOf)
            post("DescribeStream", "{'StreamArn':'@A'}")
                .json()
                .member("StreamDescription")
                .orElseThrow();
    String text = description.print();
    shard = text.replaceAll("(?s).*?\"ShardId\" ?: ?\"([^\"]*)\".*", "$1");
    start = text.replaceAll("(?s).*?\"StartingSequenceNumber\" ?: ?\"([^\"]*)\".*", "$1");
  }

  private RawClient.Answer post(String operation, String body) {
    String filled = body.replace('\'', '"').replace("@A", arn);
    if (filled.contains("@S")) {
      filled = filled.replace("@S", shard);
    }
    return raw.send(
        operation,
        filled.getBytes(StandardCharsets.UTF_8),
        Map.of("X-Amz-Target", "DynamoDBStreams_20120810." + operation));
  }

  private StreamErrorsTest refused(String operation, String body, String error) {
    RawClient.Answer answer = post(operation, body);
    if (!answer.error().equals(error.replace("@A", arn))) {
      mismatches.add(
          "\n%s %s\n  expected %s\n  actual   %s"
              .formatted(operation, body, error, answer.error()));
    }
    return this;
  }

  private void verify() {
    assertEquals("", String.join("", mismatches));
  }

  @Test
  void streamsThatAreNotThere() {
    String other = arn.replace("table/t-", "table/u-");
    refused(
            "DescribeStream",
            "{'StreamArn':'" + "x".repeat(40) + "'}",
            INVALID + "Invalid StreamArn")
        .refused(
            "DescribeStream",
            "{'StreamArn':'" + other + "'}",
            NOT_FOUND + "Stream: " + other + " not found")
        .refused("DescribeStream", "{'StreamArn':'@A0'}", NOT_FOUND + "Stream: @A0 not found")
        .refused(
            "GetShardIterator",
            "{'StreamArn':'@A0','ShardId':'@S'," + TRIM_HORIZON + "}",
            NOT_FOUND + "Stream: @A0 not found")
        .refused(
            "ListStreams",
            "{'ExclusiveStartStreamArn':'" + "x".repeat(40) + "'}",
            INVALID + "Invalid StreamArn")
        .verify();
  }

  @Test
  void shardsThatAreNotThere() {
    String missing = NOT_FOUND + "Shard does not exist";
    refused(
            "GetShardIterator",
            "{'StreamArn':'@A','ShardId':'" + "x".repeat(40) + "'," + TRIM_HORIZON + "}",
            missing)
        .refused(
            "GetShardIterator",
            "{'StreamArn':'@A','ShardId':'shardId-00000000000000000001-0000000000000001',"
                + TRIM_HORIZON
                + "}",
            missing)
        .refused(
            "DescribeStream",
            "{'StreamArn':'@A','ShardFilter':{'Type':'CHILD_SHARDS',"
                + "'ShardId':'shardId-00000000000000000001-0000000000000001'}}",
            missing)
        .verify();
  }

  @Test
  void iteratorsThatMakeNoSense() {
    String at = "{'StreamArn':'@A','ShardId':'@S','ShardIteratorType':'AT_SEQUENCE_NUMBER'";
    String after = "{'StreamArn':'@A','ShardId':'@S','ShardIteratorType':'AFTER_SEQUENCE_NUMBER'";
    String number = ",'SequenceNumber':'" + start.substring(0, 15) + "999999'}";
    refused("GetShardIterator", at + number, INVALID + "Invalid SequenceNumber")
        .refused("GetShardIterator", after + number, INVALID + "Invalid SequenceNumber")
        .refused(
            "GetShardIterator",
            at + ",'SequenceNumber':'" + "9".repeat(40) + "'}",
            INVALID + "Invalid SequenceNumber")
        .refused("GetRecords", "{'ShardIterator':'x'}", INVALID + "Invalid ShardIterator")
        .refused(
            "GetRecords",
            "{'ShardIterator':'" + "x".repeat(2048) + "'}",
            INVALID + "Invalid ShardIterator")
        .verify();
  }

  @Test
  void iteratorsThatWereChanged() {
    String body = "{'StreamArn':'@A','ShardId':'@S'," + TRIM_HORIZON + "}";
    String iterator = post("GetShardIterator", body).json().text("ShardIterator").orElseThrow();
    assertEquals(200, post("GetRecords", "{'ShardIterator':'" + iterator + "'}").status());
    int middle = iterator.length() - 10;
    char changed = iterator.charAt(middle) == 'A' ? 'B' : 'A';
    String altered = iterator.substring(0, middle) + changed + iterator.substring(middle + 1);
    for (String wrong :
        List.of(altered, iterator.replace("table/t-", "table/u-"), iterator.substring(1))) {
      refused("GetRecords", "{'ShardIterator':'" + wrong + "'}", INVALID + "Invalid ShardIterator");
    }
    verify();
  }

  @Test
  void limitsOutOfBounds() {
    String body = "{'StreamArn':'@A','ShardId':'@S'," + TRIM_HORIZON + "}";
    String iterator = post("GetShardIterator", body).json().text("ShardIterator").orElseThrow();
    String least =
        INVALID
            + "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint:"
            + " Member must have value greater than or equal to 1";
    String greatest =
        INVALID
            + "1 validation error detected: Value '%d' at 'limit' failed to satisfy constraint:"
            + " Member must have value less than or equal to %d";
    refused("ListStreams", "{'Limit':0}", least)
        .refused("ListStreams", "{'Limit':101}", greatest.formatted(101, 100))
        .refused("DescribeStream", "{'StreamArn':'@A','Limit':0}", least)
        .refused("DescribeStream", "{'StreamArn':'@A','Limit':101}", greatest.formatted(101, 100))
        .refused("GetRecords", "{'ShardIterator':'" + iterator + "','Limit':0}", least)
        .refused(
            "GetRecords",
            "{'ShardIterator':'" + iterator + "','Limit':1001}",
            greatest.formatted(1001, 1000))
        .verify();
  }
}
