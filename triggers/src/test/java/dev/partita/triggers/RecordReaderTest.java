package dev.partita.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record of the API becomes for a Lambda function. */
class RecordReaderTest {
  private static StreamRecord read(String json) throws IOException {
    try (JsonParser parser = JsonFields.FACTORY.createParser(json)) {
      parser.nextToken();
      return RecordReader.read(parser, "arn:x");
    }
  }

  private static String text(StreamRecord record) {
    return new String(record.json().array(), StandardCharsets.UTF_8);
  }

  @Test
  void everythingIsKeptAndTheSourceAdded() throws IOException {
    String change =
        "\"dynamodb\":{\"ApproximateCreationDateTime\":%s,\"Keys\":{\"p\":{\"S\":\"ü\\n\"}},"
            + "\"NewImage\":{\"p\":{\"S\":\"ü\\n\"},\"b\":{\"B\":\"AAE=\"},\"l\":{\"L\":[{\"NULL\":"
            + "true},{\"M\":{\"n\":{\"N\":\"1E-130\"}}}]}},\"SequenceNumber\":\"4710000000\","
            + "\"SizeBytes\":26,\"StreamViewType\":\"NEW_IMAGE\"}";
    String head =
        "{\"eventID\":\"e\",\"eventName\":\"MODIFY\",\"eventVersion\":\"1.1\","
            + "\"eventSource\":\"aws:dynamodb\",\"awsRegion\":\"eu-west-1\",";
    StreamRecord record = read(head + change.formatted("1.7672256E9") + ",\"extra\":[1,{}]}");
    assertEquals("e", record.eventId());
    assertEquals(EventName.MODIFY, record.eventName());
    assertEquals("4710000000", record.sequenceNumber());
    assertEquals(Instant.parse("2026-01-01T00:00:00Z"), record.createdAt());
    assertEquals(
        head + change.formatted("1767225600") + ",\"extra\":[1,{}],\"eventSourceARN\":\"arn:x\"}",
        text(record));
  }

  @Test
  void theIdentityOfAServiceIsInCamelCase() throws IOException {
    StreamRecord record =
        read(
            "{\"eventID\":\"e\",\"eventName\":\"REMOVE\",\"userIdentity\":{\"PrincipalId\":"
                + "\"dynamodb.amazonaws.com\",\"Type\":\"Service\"},\"dynamodb\":{"
                + "\"ApproximateCreationDateTime\":1,\"SequenceNumber\":\"1\"}}");
    assertEquals(
        "{\"eventID\":\"e\",\"eventName\":\"REMOVE\",\"userIdentity\":{\"principalId\":"
            + "\"dynamodb.amazonaws.com\",\"type\":\"Service\"},\"dynamodb\":{"
            + "\"ApproximateCreationDateTime\":1,\"SequenceNumber\":\"1\"},"
            + "\"eventSourceARN\":\"arn:x\"}",
        text(record));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"eventName\":\"INSERT\",\"dynamodb\":{\"ApproximateCreationDateTime\":1,\"SequenceNumber\":\"1\"}}",
        "{\"eventID\":\"e\",\"eventName\":\"UPSERT\",\"dynamodb\":{\"ApproximateCreationDateTime\":1,\"SequenceNumber\":\"1\"}}",
        "{\"eventID\":\"e\",\"eventName\":\"INSERT\",\"dynamodb\":{\"ApproximateCreationDateTime\":1}}",
        "{\"eventID\":\"e\",\"eventName\":\"INSERT\",\"dynamodb\":{\"SequenceNumber\":\"1\"}}",
        "[]"
      })
  void whatIsNoRecordIsRefused(String json) {
    assertThrows(JsonParseException.class, () -> read(json));
  }
}
