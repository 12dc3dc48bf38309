package dev.partita.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.PutItemResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A protocol over a {@link RecordingDatabase}. JSON is written with single quotes. */
final class ProtocolFixture {
  static final String JSON_1_0 = "application/x-amz-json-1.0";

  private static final Set<String> STREAMS =
      Set.of("ListStreams", "DescribeStream", "GetShardIterator", "GetRecords");

  final RecordingDatabase database = new RecordingDatabase();
  private final JsonProtocol protocol = new JsonProtocol(database);

  ProtocolFixture() {
    database.answer(new PutItemResponse(null, null));
  }

  static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  WireResponse send(WireRequest request) {
    List<WireResponse> answers = new ArrayList<>();
    protocol.handle(request, source -> answers.add(source.encode()));
    assertEquals(1, answers.size(), "answers");
    return answers.getFirst();
  }

  WireResponse send(String operation, byte[] body) {
    return send(new WireRequest(target(operation), JSON_1_0, null, body));
  }

  static String target(String operation) {
    return (STREAMS.contains(operation) ? "DynamoDBStreams_20120810." : "DynamoDB_20120810.")
        + operation;
  }

  /** The body of the answer to {@code text}. */
  String answer(String operation, String text) {
    return text(send(operation, json(text)));
  }

  /** The typed request that {@code text} becomes; fails if it was refused. */
  ApiRequest request(String operation, String text) {
    int before = database.requests.size();
    String answer = answer(operation, text);
    assertEquals(before + 1, database.requests.size(), answer);
    return database.last();
  }

  /** Asserts that {@code text} is refused with a ValidationException of this message. */
  void refuses(String operation, String text, String message) {
    int before = database.requests.size();
    WireResponse answer = send(operation, json(text));
    assertEquals(
        "{\"__type\":\"com.amazon.coral.validate#ValidationException\",\"message\":\""
            + message.replace("\"", "\\\"")
            + "\"}",
        text(answer),
        text);
    assertEquals(400, answer.status());
    assertEquals(before, database.requests.size(), "requests that reached the database");
  }

  /** Asserts that {@code text} is refused with a SerializationException of this message. */
  void cannotRead(String operation, String text, String message) {
    WireResponse answer = send(operation, json(text));
    String member = message.isEmpty() ? "" : ",\"Message\":\"" + message + "\"";
    assertEquals(
        "{\"__type\":\"com.amazon.coral.service#SerializationException\"" + member + "}",
        text(answer),
        text);
    assertEquals(400, answer.status());
  }

  static String text(WireResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
