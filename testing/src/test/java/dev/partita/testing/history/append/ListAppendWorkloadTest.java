package dev.partita.testing.history.append;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.comparison.Endpoint;
import dev.partita.testing.history.FakeServer;
import dev.partita.testing.history.append.Anomaly.Kind;
import dev.partita.testing.history.append.ListAppendChecker.Promise;
import dev.partita.testing.history.append.ListTransaction.Result;
import dev.partita.testing.reference.Mutation;
import dev.partita.testing.reference.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Lists on servers that are right, unreliable or wrong. */
class ListAppendWorkloadTest {

  private static final long SEED = 11;

  private static List<ListTransaction> history(Endpoint endpoint) {
    ListAppendWorkload workload = new ListAppendWorkload(endpoint, "lists", 3, 5);
    assertTrue(workload.createTables().stream().allMatch(Reply::succeeded));
    return workload.run(6, 200, SEED, Duration.ofSeconds(60));
  }

  private static List<Anomaly> anomalies(List<ListTransaction> history) {
    return new ListAppendChecker(Promise.STRICTLY_SERIALIZABLE).check(history);
  }

  private static Set<Kind> kinds(Endpoint endpoint) {
    return anomalies(history(endpoint)).stream().map(Anomaly::kind).collect(Collectors.toSet());
  }

  private static long count(List<ListTransaction> history, Result result) {
    return history.stream().filter(transaction -> transaction.result() == result).count();
  }

  @Test
  void aRightServerHasNoAnomalies() {
    List<ListTransaction> history = history(new FakeServer(Mutation.NONE));
    assertEquals(List.of(), anomalies(history));
    assertTrue(count(history, Result.COMMITTED) > 1_000);
    assertTrue(count(history, Result.ABORTED) > 10, "no demand was ever too late");
    assertEquals(0, count(history, Result.UNKNOWN));
    assertTrue(
        history.stream()
                .filter(t -> t.result() == Result.COMMITTED)
                .filter(t -> !Observations.appends(t).isEmpty())
                .filter(t -> !Observations.reads(t).isEmpty())
                .count()
            > 100,
        "hardly any transaction both read and appended");
  }

  @Test
  void lostAnswersDoNotMakeAServerWrong() {
    Endpoint server = FakeServer.unreliable(new FakeServer(Mutation.NONE), SEED);
    List<ListTransaction> history = history(server);
    assertEquals(List.of(), anomalies(history));
    assertTrue(count(history, Result.UNKNOWN) > 0);
  }

  @Test
  void aForgottenTokenIsFound() {
    FakeServer server = new FakeServer(Mutation.TRANSACTION_TOKEN_FORGOTTEN);
    assertTrue(kinds(FakeServer.unreliable(server, SEED)).contains(Kind.DUPLICATE_ELEMENT));
  }

  @Test
  void halfDoneTransactionsAreFound() {
    assertTrue(kinds(new FakeServer(Mutation.TRANSACTION_NOT_ATOMIC)).contains(Kind.G1A));
  }

  @Test
  void tornReadsAreFound() {
    Set<Kind> kinds = kinds(FakeServer.tearingReads(new FakeServer(Mutation.NONE)));
    assertTrue(kinds.contains(Kind.G_SINGLE), kinds::toString);
  }

  @Test
  void tornWritesAreFound() {
    Set<Kind> kinds = kinds(FakeServer.tearingWrites(new FakeServer(Mutation.NONE)));
    assertTrue(kinds.contains(Kind.G0) || kinds.contains(Kind.G_SINGLE), kinds::toString);
  }

  @Test
  void conditionsThatAreNotHeldToAreFound() {
    Set<Kind> kinds = kinds(FakeServer.careless(new FakeServer(Mutation.NONE)));
    assertTrue(
        kinds.contains(Kind.G_SINGLE) || kinds.contains(Kind.G2) || kinds.contains(Kind.INTERNAL),
        kinds::toString);
  }

  @Test
  void staleReadsAreFound() {
    Set<Kind> kinds = kinds(FakeServer.stale(new FakeServer(Mutation.NONE)));
    assertFalse(kinds.isEmpty());
  }

  @Test
  void lostWritesAreFound() {
    Set<Kind> kinds = kinds(FakeServer.forgetful(new FakeServer(Mutation.NONE), SEED));
    assertFalse(kinds.isEmpty());
  }
}
