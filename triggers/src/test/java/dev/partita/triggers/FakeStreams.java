package dev.partita.triggers;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * One stream behind real HTTP, whose shards, records and failures the test decides. Knows the four
 * requests that a consumer sends; DescribeStream has two shards a page.
 */
final class FakeStreams implements AutoCloseable {
  static final String TABLE = "Orders";
  static final String ARN =
      "arn:aws:dynamodb:us-east-1:000000000000:table/Orders/stream/2026-01-01T00:00:00.000";

  private static final int SHARDS_PER_PAGE = 2;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Shard> shards = new LinkedHashMap<>();
  private final Map<String, Deque<Failure>> failures = new HashMap<>();
  private final List<String> requests = new ArrayList<>();
  private String status = "ENABLED";
  private boolean tableHasStream = true;
  private long lastSequenceNumber = 0;
  private int iteratorGeneration = 0;

  /** A record as the API returns it. */
  private record Change(long sequenceNumber, String json) {}

  private static final class Shard {
    private final @Nullable String parent;
    private final List<Change> changes = new ArrayList<>();
    private boolean closed;
    private long trimmedUpTo;

    private Shard(@Nullable String parent) {
      this.parent = parent;
    }
  }

  /** An answer in place of the right one; status 0 drops the connection. */
  private record Failure(int status, String type) {}

  FakeStreams() {
    // Otherwise Nagle's algorithm and delayed acknowledgements cost 40 ms for each answer.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  static String sequenceNumber(long number) {
    return "%d".formatted(100_000_000_000_000_000L + number) + "000";
  }

  private Shard known(String id) {
    return Objects.requireNonNull(shards.get(id), id);
  }

  synchronized void shard(String id, @Nullable String parent) {
    shards.put(id, new Shard(parent));
  }

  /** Closes a shard and opens its children. */
  synchronized void split(String parent, String... children) {
    for (String child : children) {
      shard(child, parent);
    }
    known(parent).closed = true;
  }

  /** Closes a shard whose children are not there yet, if ever. */
  synchronized void closeShard(String id) {
    known(id).closed = true;
  }

  /** An item is new; its value is {@code value}. */
  String insert(String shard, String key, int value) {
    return change(shard, EventName.INSERT, key, value, Instant.now());
  }

  synchronized String change(
      String shard, EventName event, String key, int value, Instant createdAt) {
    long number = ++lastSequenceNumber;
    String image = "{\"p\":{\"S\":\"%s\"},\"value\":{\"N\":\"%d\"}}".formatted(key, value);
    String json =
        ("{\"eventID\":\"event-%d\",\"eventName\":\"%s\",\"eventVersion\":\"1.1\","
                + "\"eventSource\":\"aws:dynamodb\",\"awsRegion\":\"us-east-1\",\"dynamodb\":{"
                + "\"ApproximateCreationDateTime\":%d,\"Keys\":{\"p\":{\"S\":\"%s\"}},"
                + "\"NewImage\":%s,\"SequenceNumber\":\"%s\",\"SizeBytes\":12,"
                + "\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"}}")
            .formatted(
                number, event, createdAt.getEpochSecond(), key, image, sequenceNumber(number));
    known(shard).changes.add(new Change(number, json));
    return sequenceNumber(number);
  }

  /** The records up to now are trimmed. */
  synchronized void trim(String shard) {
    Shard trimmed = known(shard);
    trimmed.trimmedUpTo = lastSequenceNumber;
    trimmed.changes.clear();
  }

  synchronized void removeShard(String id) {
    shards.remove(id);
  }

  synchronized void expireIterators() {
    iteratorGeneration++;
  }

  /** No more changes: all shards are closed. */
  synchronized void disable() {
    status = "DISABLED";
    shards.values().forEach(shard -> shard.closed = true);
  }

  synchronized void tableWithoutStream() {
    tableHasStream = false;
  }

  /** The next {@code count} requests of that operation are answered so. */
  synchronized void fail(String operation, int count, int httpStatus, String type) {
    failures
        .computeIfAbsent(operation, name -> new ArrayDeque<>())
        .addAll(Collections.nCopies(count, new Failure(httpStatus, type)));
  }

  /** The targets of all requests so far. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> request = fields(exchange.getRequestBody().readAllBytes());
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      boolean signed =
          exchange
              .getRequestHeaders()
              .getFirst("Authorization")
              .startsWith("AWS4-HMAC-SHA256 Credential=");
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      int httpStatus = signed ? answer(target, request, body) : 403;
      if (httpStatus == 0) {
        return;
      }
      exchange.sendResponseHeaders(httpStatus, body.size() == 0 ? -1 : body.size());
      try (OutputStream out = exchange.getResponseBody()) {
        body.writeTo(out);
      }
    }
  }

  private synchronized int answer(
      String target, Map<String, String> request, ByteArrayOutputStream body) throws IOException {
    requests.add(target);
    String operation = target.substring(target.indexOf('.') + 1);
    Deque<Failure> planned = failures.getOrDefault(operation, new ArrayDeque<>());
    Failure failure = planned.poll();
    if (failure != null) {
      return error(body, failure.status, failure.type);
    }
    try (JsonGenerator json = JsonFields.FACTORY.createGenerator(body)) {
      json.writeStartObject();
      String type =
          switch (target) {
            case "DynamoDB_20120810.DescribeTable" -> describeTable(request, json);
            case "DynamoDBStreams_20120810.DescribeStream" -> describeStream(request, json);
            case "DynamoDBStreams_20120810.GetShardIterator" -> shardIterator(request, json);
            case "DynamoDBStreams_20120810.GetRecords" -> records(request, json);
            default -> "UnknownOperationException";
          };
      if (type.isEmpty()) {
        json.writeEndObject();
        return 200;
      }
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      json.flush();
      body.reset();
      return error(body, 400, type);
    }
  }

  private static int error(ByteArrayOutputStream body, int httpStatus, String type) {
    String json =
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\",\"message\":\"so it is\"}";
    body.writeBytes(json.getBytes(StandardCharsets.UTF_8));
    return httpStatus;
  }

  private String describeTable(Map<String, String> request, JsonGenerator json) throws IOException {
    if (!TABLE.equals(request.get("TableName"))) {
      return "ResourceNotFoundException";
    }
    json.writeObjectFieldStart("Table");
    json.writeStringField("TableName", TABLE);
    if (tableHasStream) {
      json.writeStringField("LatestStreamArn", ARN);
    }
    json.writeEndObject();
    return "";
  }

  private String describeStream(Map<String, String> request, JsonGenerator json)
      throws IOException {
    if (!ARN.equals(request.get("StreamArn"))) {
      return "ResourceNotFoundException";
    }
    List<String> ids = new ArrayList<>(shards.keySet());
    String after = request.get("ExclusiveStartShardId");
    int from = after == null ? 0 : ids.indexOf(after) + 1;
    int to = Math.min(from + SHARDS_PER_PAGE, ids.size());
    json.writeObjectFieldStart("StreamDescription");
    json.writeStringField("StreamArn", ARN);
    json.writeStringField("StreamStatus", status);
    json.writeArrayFieldStart("Shards");
    for (String id : ids.subList(from, to)) {
      Shard shard = known(id);
      json.writeStartObject();
      json.writeStringField("ShardId", id);
      if (shard.parent != null) {
        json.writeStringField("ParentShardId", shard.parent);
      }
      json.writeObjectFieldStart("SequenceNumberRange");
      json.writeStringField("StartingSequenceNumber", sequenceNumber(0));
      if (shard.closed) {
        json.writeStringField("EndingSequenceNumber", sequenceNumber(lastSequenceNumber));
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    if (to < ids.size()) {
      json.writeStringField("LastEvaluatedShardId", ids.get(to - 1));
    }
    json.writeEndObject();
    return "";
  }

  private String shardIterator(Map<String, String> request, JsonGenerator json) throws IOException {
    String id = request.getOrDefault("ShardId", "");
    Shard shard = shards.get(id);
    if (shard == null) {
      return "ResourceNotFoundException";
    }
    long after = shard.trimmedUpTo;
    switch (request.getOrDefault("ShardIteratorType", "")) {
      case "TRIM_HORIZON" -> {}
      case "LATEST" -> after = lastSequenceNumber;
      case "AFTER_SEQUENCE_NUMBER" -> {
        String number = request.getOrDefault("SequenceNumber", "");
        after = Long.parseLong(number.substring(0, 18)) - 100_000_000_000_000_000L;
        if (after < shard.trimmedUpTo) {
          return "TrimmedDataAccessException";
        }
      }
      default -> {
        return "ValidationException";
      }
    }
    json.writeStringField("ShardIterator", iterator(id, after));
    return "";
  }

  private String iterator(String shard, long after) {
    return shard + "|" + after + "|" + iteratorGeneration;
  }

  private String records(Map<String, String> request, JsonGenerator json) throws IOException {
    String[] iterator = request.getOrDefault("ShardIterator", "").split("\\|", -1);
    if (Integer.parseInt(iterator[2]) != iteratorGeneration) {
      return "ExpiredIteratorException";
    }
    Shard shard = shards.get(iterator[0]);
    if (shard == null) {
      return "ResourceNotFoundException";
    }
    long after = Long.parseLong(iterator[1]);
    if (after < shard.trimmedUpTo) {
      return "TrimmedDataAccessException";
    }
    int limit = Integer.parseInt(request.getOrDefault("Limit", "1000"));
    if (limit > 1000) {
      return "ValidationException";
    }
    long last = after;
    json.writeArrayFieldStart("Records");
    for (Change change : shard.changes) {
      if (change.sequenceNumber > after && limit-- > 0) {
        json.writeRawValue(change.json);
        last = change.sequenceNumber;
      }
    }
    json.writeEndArray();
    long end = last;
    boolean more = shard.changes.stream().anyMatch(change -> change.sequenceNumber > end);
    if (more || !shard.closed) {
      json.writeStringField("NextShardIterator", iterator(iterator[0], last));
    }
    return "";
  }

  private static Map<String, String> fields(byte[] body) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = JsonFields.FACTORY.createParser(body)) {
      parser.nextToken();
      JsonFields.object(parser, name -> fields.put(name, parser.getText()));
    }
    return fields;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
