package dev.partita.bench;

import dev.partita.base.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Makes sure that the table is there and holds what the workload reads. */
final class TableSetup {
  private static final long ACTIVE_NANOS_MAX = TimeUnit.MINUTES.toNanos(5);
  private static final Pattern ACTIVE = Pattern.compile("\"TableStatus\"\\s*:\\s*\"ACTIVE\"");

  private final BenchmarkSettings settings;
  private final ControlClient client;
  private final Clock clock;

  TableSetup(BenchmarkSettings settings, ControlClient client, Clock clock) {
    this.settings = settings;
    this.client = client;
    this.clock = clock;
  }

  /**
   * Creates the table, on demand, if there is none, and waits until it is ACTIVE.
   *
   * @return whether it was created
   */
  boolean createIfMissing() throws IOException, InterruptedException {
    String table = settings.target().table();
    boolean created = false;
    ControlClient.Answer described = describe();
    if (!described.ok() && described.errorType().equals("ResourceNotFoundException")) {
      ControlClient.Answer answer =
          client.send(
              "CreateTable",
              "{\"TableName\":\""
                  + table
                  + "\",\"BillingMode\":\"PAY_PER_REQUEST\","
                  + "\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"},"
                  + "{\"AttributeName\":\"sk\",\"KeyType\":\"RANGE\"}],\"AttributeDefinitions\":["
                  + "{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"},"
                  + "{\"AttributeName\":\"sk\",\"AttributeType\":\"S\"}]}");
      // Another generator may have been faster.
      if (!answer.ok() && !answer.errorType().equals("ResourceInUseException")) {
        throw refused("CreateTable", answer);
      }
      created = answer.ok();
      described = describe();
    }
    long giveUp = clock.monotonicNanos() + ACTIVE_NANOS_MAX;
    while (!described.ok() || !ACTIVE.matcher(described.body()).find()) {
      boolean notYet = described.ok() || described.errorType().equals("ResourceNotFoundException");
      if (!notYet || clock.monotonicNanos() - giveUp > 0) {
        throw refused("DescribeTable", described);
      }
      TimeUnit.MILLISECONDS.sleep(50);
      described = describe();
    }
    return created;
  }

  private ControlClient.Answer describe() throws IOException, InterruptedException {
    return client.send("DescribeTable", "{\"TableName\":\"" + settings.target().table() + "\"}");
  }

  /** Whether the first and the last item of each kind that the workload reads are there. */
  boolean isFilled() throws IOException, InterruptedException {
    BenchmarkSettings.Workload workload = settings.workload();
    boolean queries = workload.mix().weights().containsKey(Operation.QUERY);
    boolean single =
        workload.mix().weights().keySet().stream().anyMatch(op -> op != Operation.QUERY);
    boolean filled = true;
    if (single) {
      filled = isThere(false, 0, 0) && isThere(false, workload.keyCount() - 1, 0);
    }
    if (queries && filled) {
      int last = workload.itemsPerQuery() - 1;
      filled = isThere(true, 0, 0) && isThere(true, workload.collectionCount() - 1, last);
    }
    return filled;
  }

  private boolean isThere(boolean inCollection, long key, int position)
      throws IOException, InterruptedException {
    PlannedRequest request = new PlannedRequest();
    request.operation = Operation.GET;
    request.inCollection = inCollection;
    request.key = key;
    request.position = position;
    return send(request).body().contains("\"Item\"");
  }

  /**
   * Sends one request of each reading kind and looks into the answer, which the hot path does not.
   *
   * @throws IOException if an answer is an error or holds fewer items than it must
   */
  void checkItems() throws IOException, InterruptedException {
    if (!isFilled()) {
      throw new IOException(
          "the table lacks items that the workload needs; fill it first (--fill always)");
    }
    if (settings.workload().mix().weights().containsKey(Operation.QUERY)) {
      PlannedRequest request = new PlannedRequest();
      request.operation = Operation.QUERY;
      request.inCollection = true;
      ControlClient.Answer answer = send(request);
      int expected = settings.workload().itemsPerQuery();
      if (!Pattern.compile("\"Count\"\\s*:\\s*" + expected + "\\b").matcher(answer.body()).find()) {
        throw new IOException("Query does not return " + expected + " items");
      }
    }
  }

  private ControlClient.Answer send(PlannedRequest request)
      throws IOException, InterruptedException {
    RequestTemplate template =
        RequestTemplate.of(
            request.operation, request.inCollection, settings.target(), settings.workload());
    byte[] body = new byte[template.length()];
    template.copyTo(body, 0, request);
    String text = new String(body, StandardCharsets.US_ASCII);
    ControlClient.Answer answer = client.send(request.operation.apiName(), text);
    if (!answer.ok()) {
      throw refused(request.operation.apiName(), answer);
    }
    return answer;
  }

  private static IOException refused(String operation, ControlClient.Answer answer) {
    return new IOException(operation + " was refused: " + answer.status() + " " + answer.body());
  }
}
