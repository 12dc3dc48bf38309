package dev.partita.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Bodies that nobody meant: every one gets an answer of AWS's shape, never an internal error. */
class FuzzTest {
  private static final long SEED = 0x5EED_2026L;
  private static final int MUTATIONS = 20_000;
  private static final int RANDOM_BODIES = 10_000;

  private record Template(String operation, byte[] body) {
    Template(String operation, String json) {
      this(operation, ProtocolFixture.json(json));
    }
  }

  private static final List<Template> TEMPLATES =
      List.of(
          new Template(
              "PutItem",
              "{'TableName':'abc','Item':{'p':{'S':'x\\u00e9\\ud83d\\ude00'},'n':{'N':'-1.5e3'},"
                  + "'b':{'B':'AAECAw=='},'t':{'BOOL':true},'z':{'NULL':true},'l':{'L':[{'S':'x'},"
                  + "{'M':{'k':{'SS':['a','b']}}}]},'ns':{'NS':['1','2']},'bs':{'BS':['AQ==']}},"
                  + "'Expected':{'a':{'ComparisonOperator':'IN','AttributeValueList':[{'N':'1'}]}},"
                  + "'ReturnValues':'ALL_OLD','ReturnConsumedCapacity':'TOTAL'}"),
          new Template(
              "UpdateItem",
              "{'TableName':'abc','Key':{'p':{'S':'x'}},'UpdateExpression':'SET #a = :v',"
                  + "'ConditionExpression':'a = :v','ExpressionAttributeNames':{'#a':'a'},"
                  + "'ExpressionAttributeValues':{':v':{'N':'1'}},'ReturnValues':'UPDATED_NEW'}"),
          new Template(
              "Query",
              "{'TableName':'abc','IndexName':'idx','Limit':10,'Select':'COUNT',"
                  + "'ConsistentRead':false,'KeyConditions':{'p':{'ComparisonOperator':'EQ',"
                  + "'AttributeValueList':[{'S':'x'}]}},'ExclusiveStartKey':{'p':{'S':'x'}}}"),
          new Template(
              "Scan",
              "{'TableName':'arn:aws:dynamodb:a:1:table/abc','Segment':0,'TotalSegments':2,"
                  + "'AttributesToGet':['a','b'],"
                  + "'ScanFilter':{'a':{'ComparisonOperator':'NULL'}}}"),
          new Template(
              "BatchWriteItem",
              "{'RequestItems':{'abc':[{'PutRequest':{'Item':{'p':{'S':'x'}}}},"
                  + "{'DeleteRequest':{'Key':{'p':{'S':'y'}}}}]}}"),
          new Template(
              "BatchGetItem",
              "{'RequestItems':{'abc':{'Keys':[{'p':{'S':'x'}}],'ProjectionExpression':'#a',"
                  + "'ExpressionAttributeNames':{'#a':'a'},'ConsistentRead':true}}}"),
          new Template(
              "CreateTable",
              "{'TableName':'abc','AttributeDefinitions':[{'AttributeName':'p',"
                  + "'AttributeType':'S'}],'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}],"
                  + "'BillingMode':'PROVISIONED','ProvisionedThroughput':{'ReadCapacityUnits':1,"
                  + "'WriteCapacityUnits':1},'StreamSpecification':{'StreamEnabled':false},"
                  + "'Tags':[{'Key':'a','Value':'b'}],'GlobalSecondaryIndexes':[]}"),
          new Template(
              "UpdateTable",
              "{'TableName':'abc','GlobalSecondaryIndexUpdates':[{'Create':{'IndexName':'gsi',"
                  + "'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}],'Projection':{"
                  + "'ProjectionType':'INCLUDE','NonKeyAttributes':['a']}}}],"
                  + "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'NEW_IMAGE'}}"),
          new Template(
              "TransactWriteItems",
              "{'TransactItems':[{'Update':{'TableName':'abc','Key':{'p':{'S':'x'}},"
                  + "'UpdateExpression':'SET #a = :v','ExpressionAttributeNames':{'#a':'a'},"
                  + "'ExpressionAttributeValues':{':v':{'N':'1'}}}},{'Put':{'TableName':'abc',"
                  + "'Item':{'p':{'NS':['1','2']}}}}],'ClientRequestToken':'t'}"),
          new Template(
              "TransactGetItems",
              "{'TransactItems':[{'Get':{'TableName':'abc','Key':{'p':{'B':'AAEC'}},"
                  + "'ProjectionExpression':'#a','ExpressionAttributeNames':{'#a':'a'}}}]}"),
          new Template(
              "BatchExecuteStatement",
              "{'Statements':[{'Statement':'S','Parameters':[{'N':'1'},{'L':[{'S':'x'}]}]},"
                  + "{'Statement':'T','ConsistentRead':true}]}"),
          new Template("ExecuteStatement", "{'Statement':'S','Parameters':[{'N':'1'}],'Limit':1}"),
          new Template(
              "DescribeStream",
              "{'StreamArn':'arn:aws:dynamodb:a:1:table/abc/stream/l','Limit':1,'ShardFilter':{"
                  + "'Type':'CHILD_SHARDS','ShardId':'shardId-00000000000000000001'}}"));

  /** How many of the splices are JSON values. */
  private static final int WHOLE_VALUES = 11;

  private static final String[] SPLICES = {
    "null",
    "true",
    "{}",
    "[]",
    "\"\"",
    "\"x\"",
    "0",
    "-1",
    "1e400",
    "12345678901234567890123",
    "{\"S\":\"a\",\"N\":\"1\"}",
    "\\ud800",
    "\u0000",
    "\"\\u",
    ",",
    ":",
    "}",
    "]",
    "{",
    "[",
    "\"",
    "{\"a\":".repeat(40),
    "[".repeat(1_500),
    "9".repeat(3_000),
    "\u00ff",
    "NaN",
    "\"S\":\"\","
  };

  private final ProtocolFixture protocol = new ProtocolFixture();
  private int accepted;

  @Test
  void mutatedRequests() {
    Random random = new Random(SEED);
    for (int round = 0; round < MUTATIONS; round++) {
      Template template = TEMPLATES.get(random.nextInt(TEMPLATES.size()));
      byte[] body = template.body();
      for (int change = random.nextInt(3); change >= 0; change--) {
        body = mutate(body, random);
      }
      check(template.operation(), body, round);
    }
    // Mutations that leave requests whole and others that do not: both paths were taken.
    assertTrue(accepted > MUTATIONS / 20 && accepted < MUTATIONS / 2, "accepted " + accepted);
  }

  @Test
  void randomBodies() {
    Random random = new Random(SEED + 1);
    byte[] alphabet = "{}[]\":,\\ueE+-.019truefalsn SNBLM".getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < RANDOM_BODIES; round++) {
      byte[] body = new byte[random.nextInt(80)];
      random.nextBytes(body);
      if (random.nextBoolean()) {
        for (int index = 0; index < body.length; index++) {
          body[index] = alphabet[(body[index] & 0xFF) % alphabet.length];
        }
      }
      check(TEMPLATES.get(random.nextInt(TEMPLATES.size())).operation(), body, round);
    }
  }

  @Test
  void largeBodiesEndInTime() {
    int size = 300_000;
    for (String body :
        List.of(
            "[".repeat(size),
            "{\"a\":".repeat(size),
            "{\"TableName\":\"abc\",\"Item\":{\"a\":" + "{\"L\":[".repeat(size) + "}",
            "{\"TableName\":\"abc\",\"Item\":{\"a\":" + "{\"M\":{\"a\":".repeat(size) + "}",
            "{\"TableName\":\"abc\",\"Item\":{\"a\":{\"N\":\"" + "9".repeat(size) + "\"}}}",
            "{\"TableName\":\"abc\",\"Item\":{\"a\":{\"N\":\"1e" + "9".repeat(size) + "\"}}}",
            "{\"TableName\":\"abc\",\"Item\":{\"a\":{\"N\":" + "9".repeat(size) + "}}}",
            "{\"TableName\":\"abc\",\"Limit\":" + "9".repeat(size) + "}",
            "{\"TableName\":\"abc\",\"Limit\":1e" + "9".repeat(size) + "}",
            "{\"TableName\":\"" + "a".repeat(size) + "\"}",
            "{\"" + "a".repeat(size) + "\":1}",
            "{\"TableName\":\"abc\",\"Item\":{\"a\":{\"SS\":["
                + "\"a\",".repeat(size)
                + "\"a\"]}}}",
            "{\"TableName\":\"abc\",\"Item\":{" + "\"a\":{},".repeat(size) + "\"b\":{}}}")) {
      check("PutItem", body.getBytes(StandardCharsets.UTF_8), -1);
      check("Query", body.getBytes(StandardCharsets.UTF_8), -1);
    }
  }

  private static byte[] mutate(byte[] body, Random random) {
    int place = random.nextInt(body.length + 1);
    int end = Math.min(body.length, place + random.nextInt(12));
    return switch (random.nextInt(6)) {
      case 0 -> splice(body, place, end, new byte[0]);
      case 1 -> splice(body, place, place, new byte[] {(byte) random.nextInt(256)});
      case 2 -> splice(body, place, end, any(random, SPLICES.length));
      case 3 -> splice(body, place, place, Arrays.copyOfRange(body, place, end));
      case 4 -> replaceValue(body, random);
      default -> Arrays.copyOf(body, place);
    };
  }

  /** Puts another value in the place of one that follows a colon. */
  private static byte[] replaceValue(byte[] body, Random random) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int colon = text.indexOf(':', random.nextInt(Math.max(1, body.length)));
    if (colon < 0) {
      return body;
    }
    int end = colon + 1;
    while (end < body.length && ",}]".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return splice(body, colon + 1, end, any(random, WHOLE_VALUES));
  }

  private static byte[] any(Random random, int count) {
    return SPLICES[random.nextInt(count)].getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] splice(byte[] body, int from, int to, byte[] with) {
    byte[] result = new byte[body.length - (to - from) + with.length];
    System.arraycopy(body, 0, result, 0, from);
    System.arraycopy(with, 0, result, from, with.length);
    System.arraycopy(body, to, result, from + with.length, body.length - to);
    return result;
  }

  private void check(String operation, byte[] body, int round) {
    Supplier<String> what =
        () -> operation + " seed=" + SEED + " round=" + round + " body=" + shown(body);
    WireResponse answer;
    try {
      answer = protocol.send(operation, body);
    } catch (RuntimeException defect) {
      throw new AssertionError(what.get(), defect);
    }
    protocol.database.requests.clear();
    String text = ProtocolFixture.text(answer);
    if (answer.status() == 200) {
      accepted++;
      assertEquals("{}", text, what);
    } else {
      assertEquals(400, answer.status(), () -> what.get() + " answer=" + text);
      assertTrue(
          text.startsWith("{\"__type\":\"com.amazon.coral.service#SerializationException\"")
              || text.startsWith("{\"__type\":\"com.amazon.coral.validate#ValidationException\","),
          () -> what.get() + " answer=" + text);
    }
  }

  private static String shown(byte[] body) {
    return new String(body, 0, Math.min(body.length, 1_000), StandardCharsets.ISO_8859_1);
  }
}
