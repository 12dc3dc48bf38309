package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.comparison.HttpEndpoint;
import dev.partita.testing.history.append.Anomaly;
import dev.partita.testing.history.append.ListAppendChecker;
import dev.partita.testing.history.append.ListAppendChecker.Promise;
import dev.partita.testing.history.append.ListAppendWorkload;
import dev.partita.testing.history.append.ListTransaction;
import dev.partita.testing.history.append.ListTransaction.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Transactions that append to lists and read them: they happen as if one after the other, each at
 * an instant between its request and its answer, whenever the server dies. {@code
 * -Dpartita.lists.operations} and {@code -Dpartita.lists.kills} set how long it goes on.
 */
@ExtendWith(SharedServer.class)
class ListAppendTest {
  private static final int CLIENTS = 8;
  private static final int OPERATIONS_PER_CLIENT =
      Integer.getInteger("partita.lists.operations", 200);
  private static final int KILLS = Integer.getInteger("partita.lists.kills", 3);
  private static final int TABLES = 3;
  private static final int LISTS_AT_ONCE = 6;
  private static final Duration DEADLINE = Duration.ofSeconds(60 + OPERATIONS_PER_CLIENT / 4);

  private final long seed = Seeds.next("ListAppendTest");

  private static void createTables(ListAppendWorkload workload) {
    workload.createTables().forEach(reply -> assertTrue(reply.succeeded(), reply::toString));
  }

  private void assertRight(List<ListTransaction> history) {
    List<Anomaly> anomalies = new ListAppendChecker(Promise.STRICTLY_SERIALIZABLE).check(history);
    assertEquals(List.of(), anomalies.subList(0, Math.min(5, anomalies.size())), "seed " + seed);
    long committed = history.stream().filter(one -> one.result() == Result.COMMITTED).count();
    assertTrue(
        committed > CLIENTS * OPERATIONS_PER_CLIENT / 3,
        committed + " transactions were done, seed " + seed);
  }

  @Test
  void ofOneServer(Server server) {
    HttpEndpoint endpoint = new HttpEndpoint(server.address(), "key", "secret");
    ListAppendWorkload workload =
        new ListAppendWorkload(endpoint.once(), "lists-" + seed, TABLES, LISTS_AT_ONCE);
    createTables(workload);
    List<ListTransaction> history = workload.run(CLIENTS, OPERATIONS_PER_CLIENT, seed, DEADLINE);
    assertRight(history);
    assertTrue(
        history.stream().noneMatch(one -> one.result() == Result.UNKNOWN),
        "an answer was lost, seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void acrossKills(int replicationGroups, @TempDir Path directory) throws Exception {
    String groups = Integer.toString(replicationGroups);
    try (MortalServer server =
        MortalServer.start(directory.resolve("data"), "--replication-groups", groups)) {
      ListAppendWorkload workload = new ListAppendWorkload(server, "lists", TABLES, LISTS_AT_ONCE);
      createTables(workload);
      CompletableFuture<List<ListTransaction>> history =
          CompletableFuture.supplyAsync(
              () -> workload.run(CLIENTS, OPERATIONS_PER_CLIENT, seed, DEADLINE));
      int kills = server.killDuring(history, KILLS, new Random(seed));
      assertRight(history.get(DEADLINE.toSeconds(), TimeUnit.SECONDS));
      assertTrue(kills > 0, "the clients were done before the first kill, seed " + seed);
      assertTrue(server.lostAnswers() > 0, "no request was under way at a kill, seed " + seed);
    }
  }
}
