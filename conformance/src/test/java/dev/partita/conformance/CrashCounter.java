package dev.partita.conformance;

import dev.partita.testing.reference.Json;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A number that several clients raise by one, each on the condition that nobody was faster. Every
 * acknowledged increment must count once, one without an answer once or not at all.
 */
final class CrashCounter {
  private final String table;
  private final String name;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong uncertain = new AtomicLong();

  CrashCounter(String table, String name) {
    this.table = table;
    this.name = name;
  }

  String name() {
    return name;
  }

  private String key() {
    return "'TableName':'" + table + "','Key':{'p':{'S':'" + name + "'},'s':{'S':'n'}}";
  }

  /** Writes zero. */
  void create(RawClient client) {
    RawClient.Answer answer =
        client.post(
            "PutItem",
            "{'TableName':'%s','Item':{'p':{'S':'%s'},'s':{'S':'n'},'n':{'N':'0'}}}"
                .formatted(table, name));
    if (answer.status() != 200) {
      throw new AssertionError(answer.text());
    }
  }

  long read(RawClient client) {
    RawClient.Answer answer = client.post("GetItem", "{" + key() + ",'ConsistentRead':true}");
    if (answer.status() != 200) {
      throw new AssertionError(answer.text());
    }
    return number(answer, "Item");
  }

  private static long number(RawClient.Answer answer, String member) {
    return Long.parseLong(
        CrashWriter.value((Json.ObjectOf) answer.json().member(member).orElseThrow(), "n", "N"));
  }

  /** Raises the number until the server is gone. */
  void raiseUntilGone(RawClient client) {
    boolean sent = false;
    try {
      long seen = read(client);
      while (true) {
        sent = true;
        RawClient.Answer answer =
            client.post(
                "UpdateItem",
                "{"
                    + key()
                    + ",'UpdateExpression':'SET n = n + :one','ConditionExpression':'n = :seen',"
                    + "'ReturnValuesOnConditionCheckFailure':'ALL_OLD','ExpressionAttributeValues':"
                    + "{':one':{'N':'1'},':seen':{'N':'"
                    + seen
                    + "'}}}");
        sent = false;
        if (answer.status() == 200) {
          acknowledged.incrementAndGet();
          seen++;
        } else if (answer.errorType().equals("ConditionalCheckFailedException")) {
          seen = number(answer, "Item");
        } else if (answer.status() == 500) {
          uncertain.incrementAndGet();
        } else {
          throw new AssertionError(answer.text());
        }
      }
    } catch (UncheckedIOException gone) {
      if (sent) {
        uncertain.incrementAndGet();
      }
    }
  }

  /** What is wrong with the number after a restart, or an empty text; it counts from there. */
  String check(long actual) {
    long least = acknowledged.get();
    long most = least + uncertain.get();
    acknowledged.set(actual);
    uncertain.set(0);
    return actual >= least && actual <= most
        ? ""
        : "counter %s is %d, must be %d to %d".formatted(name, actual, least, most);
  }

  long acknowledged() {
    return acknowledged.get();
  }
}
