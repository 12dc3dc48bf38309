package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Transactions that meet each other and single writes, over one group and over several. */
@ExtendWith(SharedServer.class)
@ParameterizedClass
@ValueSource(ints = {1, 4})
class TransactionConflictTest {
  private static final int SECONDS_MAX = 60;

  private final DynamoDbClient client;
  private final String table;

  TransactionConflictTest(int groups, SharedServer.OfGroups servers) {
    client = servers.of(groups).sdk();
    table = Tables.withPartitionKey(client);
  }

  private TransactWriteItem count(String p) {
    return Actions.count(table, p);
  }

  private void write(TransactWriteItem... actions) {
    client.transactWriteItems(r -> r.transactItems(actions));
  }

  private long number(String p) {
    return Long.parseLong(
        Values.of(
                client
                    .getItem(r -> r.tableName(table).key(Actions.key(p)).consistentRead(true))
                    .item(),
                "n")
            .n());
  }

  @Test
  void sameTokenAtOnceIsCarriedOutOnce() throws Exception {
    String a = Actions.name();
    String b = Actions.name();
    String token = Actions.name();
    List<String> errors =
        together(
            8,
            i ->
                client.transactWriteItems(
                    r -> r.transactItems(count(a), count(b)).clientRequestToken(token)));
    errors.removeIf(error -> error.equals("TransactionInProgressException"));
    assertEquals(List.of(), errors);
    assertEquals(1, number(a));
    assertEquals(1, number(b));
  }

  /** Transfers between accounts keep the sum, for everybody who reads them together. */
  @Test
  void transfersKeepTheSum() throws Exception {
    int accounts = 8;
    int transfers = 60;
    List<String> names = IntStream.range(0, accounts).mapToObj(_ -> Actions.name()).toList();
    for (String account : names) {
      client.putItem(r ->
          r.tableName(table)
              .item(Values.item("p", Values.string(account), "n", Values.number(100))));
    }
    List<String> errors =
        together(
            6,
            worker -> {
              for (int i = 0; i < transfers; i++) {
                if (worker < 4) {
                  transfer(names.get((i + worker) % accounts), names.get((i * 3 + 1) % accounts));
                } else {
                  assertSum(names, 100L * accounts);
                }
              }
            });
    errors.removeIf(error -> error.startsWith("Transaction"));
    assertEquals(List.of(), errors);
    assertSum(names, 100L * accounts);
  }

  private void transfer(String from, String to) {
    if (from.equals(to)) {
      return;
    }
    try {
      write(
          Actions.update(r ->
              r.tableName(table)
                  .key(Actions.key(from))
                  .updateExpression("SET n = n - :one")
                  .conditionExpression("n >= :one")
                  .expressionAttributeValues(Map.of(":one", Values.number(1)))),
          count(to));
    } catch (TransactionCanceledException conflict) {
      assertTrue(
          conflict.cancellationReasons().stream()
              .anyMatch(reason -> !reason.code().equals("None")));
    }
  }

  private void assertSum(List<String> names, long expected) {
    List<ItemResponse> responses;
    try {
      responses =
          client
              .transactGetItems(r ->
                  r.transactItems(names.stream().map(name -> Actions.get(table, name)).toList()))
              .responses();
    } catch (TransactionCanceledException conflict) {
      return;
    }
    long sum = 0;
    for (ItemResponse response : responses) {
      sum += Long.parseLong(Values.of(response.item(), "n").n());
    }
    assertEquals(expected, sum);
  }

  /** Single writes and transactions on the same items: nothing is lost, whatever is refused. */
  @Test
  void whatWasAnsweredCounts() throws Exception {
    String a = Actions.name();
    String b = Actions.name();
    write(count(a), count(b));
    List<long[]> counted = new ArrayList<>();
    together(
        6,
        worker -> {
          long[] done = new long[2];
          for (int i = 0; i < 50; i++) {
            try {
              if (worker < 3) {
                write(count(a), count(b));
                done[1]++;
              } else {
                client.updateItem(r ->
                    r.tableName(table)
                        .key(Actions.key(a))
                        .updateExpression("ADD n :one")
                        .expressionAttributeValues(Map.of(":one", Values.number(1))));
              }
              done[0]++;
            } catch (TransactionCanceledException | TransactionConflictException refused) {
              assertNotEquals("", refused.awsErrorDetails().errorMessage());
            }
          }
          synchronized (counted) {
            counted.add(done);
          }
        });
    assertEquals(6, counted.size());
    assertEquals(1 + counted.stream().mapToLong(done -> done[0]).sum(), number(a));
    assertEquals(1 + counted.stream().mapToLong(done -> done[1]).sum(), number(b));
  }

  private interface Work {
    void run(int worker);
  }

  /** Runs work on several threads at once; the codes of the errors that they met. */
  private static List<String> together(int workers, Work work)
      throws InterruptedException, TimeoutException {
    List<String> errors = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      List<Future<?>> running = new ArrayList<>();
      for (int worker = 0; worker < workers; worker++) {
        int number = worker;
        running.add(threads.submit(() -> work.run(number)));
      }
      for (Future<?> one : running) {
        try {
          one.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
          Throwable cause = failed.getCause();
          errors.add(
              cause instanceof DynamoDbException error
                  ? error.awsErrorDetails().errorCode()
                  : String.valueOf(cause));
        }
      }
    }
    return errors;
  }
}
