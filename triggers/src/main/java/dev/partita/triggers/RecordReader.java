package dev.partita.triggers;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.partita.base.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record of GetRecords and writes it at the same time as a Lambda function receives it:
 * with {@code eventSourceARN}, with the names in {@code userIdentity} in camel case, and with a
 * plain number for the time. Everything else is copied as it is.
 */
final class RecordReader {
  private final JsonParser parser;
  private final JsonGenerator json;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final String streamArn;
  private @Nullable String eventId;
  private @Nullable String eventName;
  private @Nullable String sequenceNumber;
  private @Nullable Instant createdAt;

  private RecordReader(JsonParser parser, String streamArn) throws IOException {
    this.parser = parser;
    this.streamArn = streamArn;
    this.json = JsonFields.FACTORY.createGenerator(bytes);
  }

  /** Reads the object on whose first token the parser stands. */
  static StreamRecord read(JsonParser parser, String streamArn) throws IOException {
    return new RecordReader(parser, streamArn).read();
  }

  private StreamRecord read() throws IOException {
    json.writeStartObject();
    JsonFields.object(parser, this::field);
    json.writeStringField("eventSourceARN", streamArn);
    json.writeEndObject();
    json.close();
    return new StreamRecord(
        present(eventId, "eventID"),
        eventName(),
        present(sequenceNumber, "SequenceNumber"),
        present(createdAt, "ApproximateCreationDateTime"),
        Bytes.wrap(bytes.toByteArray()));
  }

  private EventName eventName() throws IOException {
    String name = present(eventName, "eventName");
    try {
      return EventName.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new JsonParseException(parser, "unknown eventName " + name, e);
    }
  }

  private <T> T present(@Nullable T member, String name) throws IOException {
    if (member == null) {
      throw new JsonParseException(parser, "a record without " + name);
    }
    return member;
  }

  private void field(String name) throws IOException {
    json.writeFieldName(name);
    switch (name) {
      case "eventID" -> eventId = JsonFields.string(parser);
      case "eventName" -> eventName = JsonFields.string(parser);
      case "dynamodb" -> {
        json.writeStartObject();
        JsonFields.object(parser, this::change);
        json.writeEndObject();
        return;
      }
      case "userIdentity" -> {
        if (parser.hasToken(JsonToken.START_OBJECT)) {
          json.writeStartObject();
          JsonFields.object(parser, this::identity);
          json.writeEndObject();
          return;
        }
      }
      default -> {}
    }
    json.copyCurrentStructure(parser);
  }

  private void change(String name) throws IOException {
    json.writeFieldName(name);
    switch (name) {
      case "ApproximateCreationDateTime" -> {
        BigDecimal seconds = parser.getDecimalValue();
        createdAt = Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
        json.writeNumber(seconds.stripTrailingZeros().toPlainString());
        return;
      }
      case "SequenceNumber" -> sequenceNumber = JsonFields.string(parser);
      default -> {}
    }
    json.copyCurrentStructure(parser);
  }

  private void identity(String name) throws IOException {
    json.writeFieldName(
        switch (name) {
          case "PrincipalId" -> "principalId";
          case "Type" -> "type";
          default -> name;
        });
    json.copyCurrentStructure(parser);
  }
}
