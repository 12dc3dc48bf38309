package dev.partita.conformance.kcl;

import dev.partita.conformance.RawClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A writer that inserts, changes and deletes its own items, one request after the other, and knows
 * what the stream must therefore have for each: {@code EVENT OLD NEW}, where OLD and NEW are the
 * versions before and after, {@code -} if there is none. Every change of an item makes a version
 * that no other has.
 */
final class ChangingItems implements Runnable {
  private static final int ITEMS = 10;
  private static final int PAUSE_MILLIS_MAX = 12;

  private final URI endpoint;
  private final String table;
  private final String name;
  private final Random random;
  private final Map<String, List<String>> expected = new LinkedHashMap<>();
  private final Map<String, Integer> present = new LinkedHashMap<>();
  private volatile boolean stopped;
  private int version;

  ChangingItems(URI endpoint, String table, String name, long seed) {
    this.endpoint = endpoint;
    this.table = table;
    this.name = name;
    this.random = new Random(seed);
  }

  void stop() {
    stopped = true;
  }

  /** What the stream must have of each item; to be asked when the writer has ended. */
  Map<String, List<String>> expected() {
    return expected;
  }

  @Override
  public void run() {
    try (RawClient client = new RawClient(endpoint)) {
      while (!stopped) {
        change(client, name + "-" + random.nextInt(ITEMS));
        Thread.sleep(random.nextInt(PAUSE_MILLIS_MAX));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void change(RawClient client, String item) {
    Integer before = present.get(item);
    int after = ++version;
    String key = "'TableName':'" + table + "','Key':{'p':{'S':'" + item + "'}}";
    String expectation;
    if (before == null) {
      ok(
          client.post(
              "PutItem",
              "{'TableName':'%s','Item':{'p':{'S':'%s'},'v':{'N':'%d'}}}"
                  .formatted(table, item, after)));
      present.put(item, after);
      expectation = "INSERT - " + after;
    } else if (random.nextInt(5) == 0) {
      ok(client.post("DeleteItem", "{" + key + "}"));
      present.remove(item);
      expectation = "REMOVE " + before + " -";
    } else {
      ok(
          client.post(
              "UpdateItem",
              "{%s,'UpdateExpression':'SET v = :v','ExpressionAttributeValues':{':v':{'N':'%d'}}}"
                  .formatted(key, after)));
      present.put(item, after);
      expectation = "MODIFY " + before + " " + after;
    }
    expected.computeIfAbsent(item, none -> new ArrayList<>()).add(expectation);
  }

  private static void ok(RawClient.Answer answer) {
    if (answer.status() != 200) {
      throw new IllegalStateException(answer.error());
    }
  }
}
