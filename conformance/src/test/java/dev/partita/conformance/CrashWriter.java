package dev.partita.conformance;

import dev.partita.testing.reference.Json;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * Writes the items of one item collection, which nobody else writes, one request after the other,
 * and knows at any time what each of them must be. Not thread-safe: one thread at a time.
 */
final class CrashWriter {
  private static final int KEYS = 40;
  private static final int BODY_BYTES_MAX = 6_000;
  private static final int BATCH_MAX = 10;

  private final String table;
  private final String name;
  private final Random random;
  private long nextVersion = 1;

  /** What an acknowledged write left, by sort key; a missing key means no item. */
  private final Map<String, String> acknowledged = new HashMap<>();

  /** What the one request without an answer would have left; empty for no item. */
  private final Map<String, Optional<String>> uncertain = new HashMap<>();

  CrashWriter(String table, String name, long seed) {
    this.table = table;
    this.name = name;
    this.random = new Random(seed);
  }

  String name() {
    return name;
  }

  /** Writes until the server is gone. */
  void writeUntilGone(RawClient client) {
    try {
      while (true) {
        int choice = random.nextInt(10);
        if (choice < 6) {
          put(client);
        } else if (choice < 8) {
          delete(client);
        } else {
          batch(client);
        }
      }
    } catch (UncheckedIOException gone) {
      // The outcome of the last request is not known; it stays among the uncertain ones.
    }
  }

  private void put(RawClient client) {
    String key = key();
    String version = version();
    expect(key, Optional.of(version));
    settle(
        client.post("PutItem", "{'TableName':'" + table + "','Item':" + item(key, version) + "}"));
  }

  private void delete(RawClient client) {
    String key = key();
    expect(key, Optional.empty());
    settle(
        client.post(
            "DeleteItem", "{'TableName':'" + table + "','Key':" + keyAttributes(key) + "}"));
  }

  private void batch(RawClient client) {
    Map<String, String> requests = new HashMap<>();
    for (int i = 0; i < BATCH_MAX; i++) {
      String key = key();
      if (random.nextInt(4) == 0) {
        expect(key, Optional.empty());
        requests.put(key, "{'DeleteRequest':{'Key':" + keyAttributes(key) + "}}");
      } else {
        String version = version();
        expect(key, Optional.of(version));
        requests.put(key, "{'PutRequest':{'Item':" + item(key, version) + "}}");
      }
    }
    String list = String.join(",", requests.values());
    settle(client.post("BatchWriteItem", "{'RequestItems':{'" + table + "':[" + list + "]}}"));
  }

  private String key() {
    return "k" + random.nextInt(KEYS);
  }

  private String version() {
    return Long.toString(nextVersion++);
  }

  private void expect(String key, Optional<String> version) {
    uncertain.put(key, version);
  }

  private void settle(RawClient.Answer answer) {
    if (answer.status() == 500) {
      return;
    }
    if (answer.status() != 200 || answer.text().contains("PutRequest")) {
      throw new AssertionError("writer " + name + ": " + answer.status() + " " + answer.text());
    }
    uncertain.forEach(this::accept);
    uncertain.clear();
  }

  private void accept(String key, Optional<String> version) {
    if (version.isPresent()) {
      acknowledged.put(key, version.get());
    } else {
      acknowledged.remove(key);
    }
  }

  private String keyAttributes(String key) {
    return "{'p':{'S':'" + name + "'},'s':{'S':'" + key + "'}}";
  }

  private String item(String key, String version) {
    byte[] body = new byte[random.nextInt(BODY_BYTES_MAX)];
    random.nextBytes(body);
    return "{'p':{'S':'%s'},'s':{'S':'%s'},'v':{'S':'%s'},'sum':{'S':'%s'},'body':{'B':'%s'}}"
        .formatted(
            name, key, version, sum(version, body), Base64.getEncoder().encodeToString(body));
  }

  private static String sum(String version, byte[] body) {
    CRC32 sum = new CRC32();
    sum.update(version.getBytes(StandardCharsets.UTF_8));
    sum.update(body);
    return Long.toHexString(sum.getValue());
  }

  /**
   * Compares with what a scan found of this collection, by sort key, and takes what is there as
   * written for good. Answers with every contradiction.
   */
  List<String> check(Map<String, Json.ObjectOf> found) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      String key = "k" + i;
      Optional<String> actual = Optional.ofNullable(found.get(key)).map(item -> text(item, "v"));
      Optional<String> sure = Optional.ofNullable(acknowledged.get(key));
      Optional<String> perhaps = uncertain.containsKey(key) ? uncertain.get(key) : sure;
      if (!actual.equals(sure) && !actual.equals(perhaps)) {
        wrong.add(
            "item %s %s: version %s, acknowledged %s, last sent %s"
                .formatted(name, key, actual, sure, perhaps));
      }
      accept(key, actual);
    }
    found.forEach((key, item) -> {
      byte[] body = Base64.getDecoder().decode(value(item, "body", "B"));
      if (!sum(text(item, "v"), body).equals(text(item, "sum"))) {
        wrong.add("item " + name + " " + key + " is half of one write and half of another");
      }
    });
    uncertain.clear();
    return wrong;
  }

  /** How many writes it began. */
  long versions() {
    return nextVersion;
  }

  private static String text(Json.ObjectOf item, String attribute) {
    return value(item, attribute, "S");
  }

  static String value(Json.ObjectOf item, String attribute, String type) {
    return ((Json.ObjectOf) item.member(attribute).orElseThrow()).text(type).orElseThrow();
  }
}
