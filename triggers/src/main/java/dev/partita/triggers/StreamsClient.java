package dev.partita.triggers;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.partita.base.RandomSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests of the Streams API. What may succeed later, like throttling, a server's failure or
 * an endpoint that cannot be reached, is tried again without end; other errors are thrown as {@link
 * StreamsException}. Thread-safe.
 */
final class StreamsClient implements AutoCloseable {
  /** More than this GetRecords never returns. */
  static final int RECORDS_MAX = 1000;

  /** No answer is longer: a page of records has about 1 MB before it becomes JSON. */
  static final int ANSWER_BYTES_MAX = 16 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(StreamsClient.class);
  private static final String STREAMS = "DynamoDBStreams_20120810.";
  private static final String TABLES = "DynamoDB_20120810.";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration BACKOFF_FIRST = Duration.ofMillis(50);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(10);
  private static final int ATTEMPTS_PER_WARNING = 10;

  private final URI endpoint;
  private final RequestSigner signer;
  private final RandomSource random;
  private final Pause pause;
  private final BoundedHttp http = new BoundedHttp();

  StreamsClient(TriggerSettings.Source source, RandomSource random, Pause pause) {
    this.endpoint = source.endpoint();
    this.signer = RequestSigner.of(source);
    this.random = random;
    this.pause = pause;
  }

  /** Where a new iterator begins. */
  sealed interface IteratorStart {

    /** With the oldest record. */
    record TrimHorizon() implements IteratorStart {}

    /** After the newest record. */
    record Latest() implements IteratorStart {}

    /** After this record. */
    record After(String sequenceNumber) implements IteratorStart {}
  }

  /** The newest stream of a table; empty if it never had one. */
  Optional<String> latestStreamArn(String table) throws IOException, InterruptedException {
    return call(
        TABLES + "DescribeTable",
        json -> json.writeStringField("TableName", table),
        StreamsAnswers::latestStreamArn);
  }

  /** The stream with all its shards. */
  StreamDescription describe(String streamArn) throws IOException, InterruptedException {
    List<StreamDescription.Shard> shards = new ArrayList<>();
    Optional<String> after = Optional.empty();
    while (true) {
      Optional<String> start = after;
      StreamsAnswers.DescriptionPage page =
          call(
              STREAMS + "DescribeStream",
              json -> {
                json.writeStringField("StreamArn", streamArn);
                if (start.isPresent()) {
                  json.writeStringField("ExclusiveStartShardId", start.get());
                }
              },
              StreamsAnswers::description);
      shards.addAll(page.shards());
      after = page.lastShardId();
      if (after.isEmpty()) {
        return new StreamDescription(page.status(), List.copyOf(shards));
      }
      if (after.equals(start)) {
        throw new IOException("DescribeStream does not come to an end at " + after.get());
      }
    }
  }

  /** An iterator; empty if nothing is left to read. */
  Optional<String> iterator(String streamArn, String shardId, IteratorStart start)
      throws IOException, InterruptedException {
    return call(
        STREAMS + "GetShardIterator",
        json -> {
          json.writeStringField("StreamArn", streamArn);
          json.writeStringField("ShardId", shardId);
          switch (start) {
            case IteratorStart.TrimHorizon _ ->
                json.writeStringField("ShardIteratorType", "TRIM_HORIZON");
            case IteratorStart.Latest _ -> json.writeStringField("ShardIteratorType", "LATEST");
            case IteratorStart.After(String sequenceNumber) -> {
              json.writeStringField("ShardIteratorType", "AFTER_SEQUENCE_NUMBER");
              json.writeStringField("SequenceNumber", sequenceNumber);
            }
          }
        },
        StreamsAnswers::shardIterator);
  }

  /** The next records, at most {@code limit}, itself at most {@link #RECORDS_MAX}. */
  RecordsPage records(String streamArn, String iterator, int limit)
      throws IOException, InterruptedException {
    return call(
        STREAMS + "GetRecords",
        json -> {
          json.writeStringField("ShardIterator", iterator);
          json.writeNumberField("Limit", limit);
        },
        body -> StreamsAnswers.records(body, streamArn));
  }

  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  @FunctionalInterface
  private interface Answer<T> {
    T read(byte[] body) throws IOException;
  }

  private <T> T call(String target, Members members, Answer<T> answer)
      throws IOException, InterruptedException {
    byte[] body = body(members);
    Backoff backoff = new Backoff(BACKOFF_FIRST, BACKOFF_MAX, random);
    while (true) {
      IOException failure;
      boolean unreachable = true;
      try {
        return answer.read(send(target, body));
      } catch (StreamsException e) {
        if (e.reaction() != StreamsException.Reaction.RETRY) {
          throw e;
        }
        failure = e;
        unreachable = false;
      } catch (IOException e) {
        failure = e;
      }
      Duration delay = backoff.next();
      // To be throttled now and then is usual, not to reach the endpoint is not.
      if (backoff.attempts() % ATTEMPTS_PER_WARNING == (unreachable ? 1 : 0)) {
        LOG.warn("{} at {} failed, trying again: {}", target, endpoint, failure.getMessage());
      }
      pause.pause(delay);
    }
  }

  private static byte[] body(Members members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonFields.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private byte[] send(String target, byte[] body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (Map.Entry<String, List<String>> header : signer.sign(target, body).entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!name.equals("host") && !name.equals("content-length")) {
        header.getValue().forEach(value -> request.header(name, value));
      }
    }
    HttpResponse<byte[]> response = http.send(request.build(), TIMEOUT, ANSWER_BYTES_MAX);
    if (response.statusCode() != 200) {
      throw StreamsAnswers.error(response.statusCode(), response.body());
    }
    return response.body();
  }

  @Override
  public void close() {
    http.close();
  }
}
