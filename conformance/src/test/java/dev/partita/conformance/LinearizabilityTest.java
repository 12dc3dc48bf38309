package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.comparison.Endpoint;
import dev.partita.testing.comparison.HttpEndpoint;
import dev.partita.testing.history.ConcurrentWorkload;
import dev.partita.testing.history.LinearizabilityChecker;
import dev.partita.testing.history.Outcome;
import dev.partita.testing.history.RecordedOperation;
import dev.partita.testing.history.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What clients see of an item while others change it: as if one request came after the other. */
@ExtendWith(SharedServer.class)
class LinearizabilityTest {
  private static final int CLIENTS = 8;
  private static final int OPERATIONS_PER_CLIENT = 400;
  private static final int ITEMS = 4;
  private static final int KILLS = 4;
  private static final long SEARCH_STEPS_MAX = 20_000_000;
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private final long seed = Seeds.next("LinearizabilityTest");

  @Test
  void ofOneServer(Server server) {
    Endpoint endpoint = endpoint(server.process());
    ConcurrentWorkload workload =
        new ConcurrentWorkload(List.of(endpoint), "registers-" + seed, ITEMS);
    assertTrue(workload.createTable().succeeded());
    List<RecordedOperation> history = workload.run(CLIENTS, OPERATIONS_PER_CLIENT, seed, DEADLINE);
    assertLinearizable(history);
    assertTrue(
        history.stream().noneMatch(operation -> operation.outcome() instanceof Outcome.Unknown),
        "an answer was lost, seed " + seed);
  }

  private void assertLinearizable(List<RecordedOperation> history) {
    Verdict verdict = new LinearizabilityChecker(SEARCH_STEPS_MAX).check(history);
    assertInstanceOf(Verdict.Linearizable.class, verdict, "seed " + seed);
    assertTrue(
        history.stream().anyMatch(operation -> operation.outcome() instanceof Outcome.Refused),
        "nobody was ever too late, seed " + seed);
  }

  private static Endpoint endpoint(ServerProcess server) {
    return new HttpEndpoint(server.address(), "key", "secret").once();
  }

  @Test
  void acrossKills(@TempDir Path directory) throws Exception {
    Random random = new Random(seed);
    try (MortalServer server = MortalServer.start(directory.resolve("data"))) {
      ConcurrentWorkload workload = new ConcurrentWorkload(List.of(server), "registers", ITEMS);
      assertTrue(workload.createTable().succeeded());
      CompletableFuture<List<RecordedOperation>> history =
          CompletableFuture.supplyAsync(
              () -> workload.run(CLIENTS, OPERATIONS_PER_CLIENT, seed, DEADLINE));
      server.killDuring(history, KILLS, random);
      List<RecordedOperation> recorded = history.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
      assertLinearizable(recorded);
      assertTrue(
          recorded.stream().anyMatch(operation -> operation.outcome() instanceof Outcome.Unknown),
          "no request was under way at a kill, seed " + seed);
    }
  }
}
