package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.comparison.ComparisonResult;
import dev.partita.testing.comparison.HttpEndpoint;
import dev.partita.testing.comparison.RandomisedComparison;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations: the server must answer as the reference model does. */
class RandomisedComparisonTest {
  private static final int OPERATIONS = 1_800;
  private static final long[] SEEDS = {1, 2, 3};
  private static final int REPLAYS_MAX = 60;

  /** How long global indexes and streams may lag behind. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theServerAnswersAsTheModel(int replicationGroups, @TempDir Path directory) {
    try (ServerProcess server = server(directory, replicationGroups)) {
      for (long seed : SEEDS) {
        compare(server, seed);
      }
    }
  }

  @Test
  void andWithASeedThatNobodyTried(@TempDir Path directory) {
    long seed = Seeds.next("RandomisedComparisonTest");
    try (ServerProcess server = server(directory, 2)) {
      compare(server, seed);
    }
  }

  private static ServerProcess server(Path directory, int replicationGroups) {
    return ServerProcess.start(
        directory.resolve("data"), "--replication-groups", Integer.toString(replicationGroups));
  }

  private static void compare(ServerProcess server, long seed) {
    HttpEndpoint endpoint = new HttpEndpoint(server.address(), "key", "secret");
    ComparisonResult result =
        new RandomisedComparison(endpoint, "comparison", REPLAYS_MAX, PATIENCE)
            .run(seed, OPERATIONS);
    assertTrue(result.disagreement().isEmpty(), result::report);
  }
}
