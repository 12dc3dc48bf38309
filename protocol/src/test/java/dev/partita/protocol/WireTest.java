package dev.partita.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.ListTablesResponse;
import dev.partita.model.api.PutItemResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Targets, content types, error bodies. */
class WireTest {
  private static final String UNKNOWN =
      "{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}";
  private static final String SERIALIZATION =
      "{\"__type\":\"com.amazon.coral.service#SerializationException\"}";

  private final ProtocolFixture protocol = new ProtocolFixture();

  private WireResponse send(@Nullable String target, @Nullable String contentType, String body) {
    return protocol.send(new WireRequest(target, contentType, null, ProtocolFixture.json(body)));
  }

  @Test
  void unknownTargets() {
    for (String target :
        new String[] {
          null, "", "PutItem", "DynamoDB_20120810.Nope", "DynamoDB_20120810.GetRecords"
        }) {
      WireResponse answer = send(target, ProtocolFixture.JSON_1_0, "{}");
      assertEquals(UNKNOWN, ProtocolFixture.text(answer));
      assertEquals(400, answer.status());
      assertEquals(
          SERIALIZATION, ProtocolFixture.text(send(target, ProtocolFixture.JSON_1_0, "hi")));
    }
    assertEquals(UNKNOWN, ProtocolFixture.text(send(null, null, "")));
  }

  @Test
  void operationsOfTheModelThatAreNotImplementedAreNamed() {
    assertEquals(
        "{\"__type\":\"com.amazon.coral.service#UnknownOperationException\","
            + "\"Message\":\"Partita does not support SearchVectors yet\"}",
        ProtocolFixture.text(
            send("DynamoDB_20120810.SearchVectors", ProtocolFixture.JSON_1_0, "{}")));
  }

  @Test
  void contentTypes() {
    protocol.database.answer(new ListTablesResponse(List.of("a", "b"), "b"));
    String target = "DynamoDB_20120810.ListTables";
    String body = "{\"TableNames\":[\"a\",\"b\"],\"LastEvaluatedTableName\":\"b\"}";
    for (String type :
        List.of("application/json", " Application/JSON ; charset=x", "application/json;")) {
      WireResponse answer = send(target, type, "{}");
      assertEquals(200, answer.status());
      assertEquals("application/json", answer.contentType());
      assertEquals(body, ProtocolFixture.text(answer));
    }
    WireResponse answer = send(target, "application/x-amz-json-1.0; charset=UTF-8", "{}");
    assertEquals(ProtocolFixture.JSON_1_0, answer.contentType());
    for (String type : new String[] {"application/x-amz-json-1.1", "text/plain", "", null}) {
      WireResponse refused = send(target, type, "{}");
      assertEquals(404, refused.status());
      assertEquals("<UnknownOperationException/>\n", ProtocolFixture.text(refused));
    }
  }

  @Test
  void aFailedConditionMayCarryTheItem() {
    protocol.database.fail(
        new ApiError(
            ErrorType.CONDITIONAL_CHECK_FAILED,
            "The conditional request failed",
            Item.of(Map.of("p", new AttributeValue.StringValue("x")))));
    WireResponse answer =
        protocol.send("PutItem", ProtocolFixture.json("{'TableName':'abc','Item':{}}"));
    assertEquals(400, answer.status());
    assertEquals(
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
            + "\"message\":\"The conditional request failed\",\"Item\":{\"p\":{\"S\":\"x\"}}}",
        ProtocolFixture.text(answer));
  }

  @Test
  void errorsOfTheTransport() {
    WireResponse answer =
        new JsonProtocol(new RecordingDatabase())
            .error(new ApiError(ErrorType.SERVICE_UNAVAILABLE, "Too \"busy\""));
    assertEquals(503, answer.status());
    assertEquals(
        "{\"__type\":\"com.amazon.coral.availability#ServiceUnavailable\","
            + "\"message\":\"Too \\\"busy\\\"\"}",
        ProtocolFixture.text(answer));
  }

  @Test
  void aDatabaseThatThrowsIsAnInternalError() {
    List<WireResponse> answers = new ArrayList<>();
    WireRequest put =
        new WireRequest(
            "DynamoDB_20120810.PutItem",
            ProtocolFixture.JSON_1_0,
            null,
            ProtocolFixture.json("{'TableName':'abc','Item':{}}"));
    new JsonProtocol(
            (request, callback) -> {
              throw new IllegalStateException("on purpose");
            })
        .handle(put, source -> answers.add(source.encode()));
    new JsonProtocol(
            (request, callback) -> {
              callback.completed(new PutItemResponse(null, null));
              throw new IllegalStateException("on purpose, after the answer");
            })
        .handle(put, source -> answers.add(source.encode()));
    assertEquals(List.of(500, 200), answers.stream().map(WireResponse::status).toList());
    assertEquals("{}", ProtocolFixture.text(answers.getLast()));
  }

  @Test
  void credentialsAreParsed() {
    assertEquals(
        new Credentials("AKID", "us-east-1"),
        Credentials.parse(
            "AWS4-HMAC-SHA256 Credential=AKID/20260804/us-east-1/dynamodb/aws4_request,"
                + " SignedHeaders=host, Signature=00"));
    assertEquals(
        new Credentials("a/b", "ddblocal"),
        Credentials.parse(
            "AWS4-HMAC-SHA256 Credential=a/b/20260804/ddblocal/dynamodb/aws4_request"));
    assertNull(Credentials.parse(null));
    assertNull(Credentials.parse("Basic abc"));
    assertNull(Credentials.parse("AWS4-HMAC-SHA256 Credential=AKID/us-east-1"));
  }
}
