package dev.partita.triggers;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the answers of the Streams API and of DescribeTable. Unknown members are skipped. */
final class StreamsAnswers {
  private StreamsAnswers() {}

  /**
   * One page of DescribeStream.
   *
   * @param lastShardId where the next page begins; empty on the last
   */
  record DescriptionPage(
      String status, List<StreamDescription.Shard> shards, Optional<String> lastShardId) {}

  private static final class Texts {
    private @Nullable String value;
    private @Nullable String other;
  }

  /** The newest stream of a table; empty if it never had one. */
  static Optional<String> latestStreamArn(byte[] body) throws IOException {
    Texts arn = new Texts();
    read(
        body,
        (parser, name) -> {
          if (name.equals("Table")) {
            JsonFields.object(
                parser,
                member -> {
                  if (member.equals("LatestStreamArn")) {
                    arn.value = text(parser);
                  } else {
                    parser.skipChildren();
                  }
                });
          } else {
            parser.skipChildren();
          }
        });
    return Optional.ofNullable(arn.value);
  }

  static DescriptionPage description(byte[] body) throws IOException {
    Texts texts = new Texts();
    List<StreamDescription.Shard> shards = new ArrayList<>();
    read(
        body,
        (parser, name) -> {
          if (name.equals("StreamDescription")) {
            JsonFields.object(
                parser,
                member -> {
                  switch (member) {
                    case "StreamStatus" -> texts.value = text(parser);
                    case "LastEvaluatedShardId" -> texts.other = text(parser);
                    case "Shards" -> JsonFields.array(parser, () -> shards.add(shard(parser)));
                    default -> parser.skipChildren();
                  }
                });
          } else {
            parser.skipChildren();
          }
        });
    String status = texts.value;
    if (status == null) {
      throw new IOException("DescribeStream was answered without StreamStatus");
    }
    return new DescriptionPage(status, shards, Optional.ofNullable(texts.other));
  }

  private static StreamDescription.Shard shard(JsonParser parser) throws IOException {
    Texts ids = new Texts();
    Texts range = new Texts();
    JsonFields.object(
        parser,
        member -> {
          switch (member) {
            case "ShardId" -> ids.value = text(parser);
            case "ParentShardId" -> ids.other = text(parser);
            case "SequenceNumberRange" -> {
              JsonFields.object(
                  parser,
                  end -> {
                    if (end.equals("EndingSequenceNumber")) {
                      range.value = text(parser);
                    } else {
                      parser.skipChildren();
                    }
                  });
            }
            default -> parser.skipChildren();
          }
        });
    String id = ids.value;
    if (id == null) {
      throw new JsonParseException(parser, "a shard without ShardId");
    }
    return new StreamDescription.Shard(id, Optional.ofNullable(ids.other), range.value != null);
  }

  /** Where to read; empty if there is nothing to read. */
  static Optional<String> shardIterator(byte[] body) throws IOException {
    Texts iterator = new Texts();
    read(
        body,
        (parser, name) -> {
          if (name.equals("ShardIterator")) {
            iterator.value = text(parser);
          } else {
            parser.skipChildren();
          }
        });
    return Optional.ofNullable(iterator.value);
  }

  static RecordsPage records(byte[] body, String streamArn) throws IOException {
    List<StreamRecord> records = new ArrayList<>();
    Texts iterator = new Texts();
    read(
        body,
        (parser, name) -> {
          switch (name) {
            case "Records" ->
                JsonFields.array(parser, () -> records.add(RecordReader.read(parser, streamArn)));
            case "NextShardIterator" -> iterator.value = text(parser);
            default -> parser.skipChildren();
          }
        });
    return new RecordsPage(records, Optional.ofNullable(iterator.value));
  }

  /** What an answer with another status than 200 says, be it JSON or not. */
  static StreamsException error(int status, byte[] body) {
    Texts texts = new Texts();
    try {
      read(
          body,
          (parser, name) -> {
            switch (name) {
              case "__type" -> texts.value = text(parser);
              case "message", "Message" -> texts.other = text(parser);
              default -> parser.skipChildren();
            }
          });
    } catch (IOException e) {
      texts.value = "HTTP " + status;
      texts.other = beginning(body);
    }
    String type = texts.value == null ? "HTTP " + status : texts.value;
    String message = texts.other == null ? "" : texts.other;
    return new StreamsException(status, type.substring(type.indexOf('#') + 1), message);
  }

  private static String beginning(byte[] body) {
    return new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8).strip();
  }

  @FunctionalInterface
  private interface TopField {
    void read(JsonParser parser, String name) throws IOException;
  }

  private static void read(byte[] body, TopField field) throws IOException {
    try (JsonParser parser = JsonFields.FACTORY.createParser(body)) {
      parser.nextToken();
      JsonFields.object(parser, name -> field.read(parser, name));
    }
  }

  private static @Nullable String text(JsonParser parser) throws IOException {
    return parser.hasToken(JsonToken.VALUE_NULL) ? null : JsonFields.string(parser);
  }
}
