package dev.partita.testing.history.append;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.history.append.Anomaly.Kind;
import dev.partita.testing.history.append.ListAction.Append;
import dev.partita.testing.history.append.ListAction.Read;
import dev.partita.testing.history.append.ListAppendChecker.Promise;
import dev.partita.testing.history.append.ListTransaction.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Small histories, each with the anomalies that it must and must not have. */
class ListAppendCheckerTest {

  private final List<ListTransaction> history = new ArrayList<>();

  /** All at the same time, so that no real time orders anything. */
  private void at(long start, long end, Result result, ListAction... actions) {
    history.add(
        new ListTransaction(history.size() + 1, start, end, result, false, Arrays.asList(actions)));
  }

  private void alone(long start, long end, Read read) {
    history.add(
        new ListTransaction(history.size() + 1, start, end, Result.COMMITTED, true, List.of(read)));
  }

  private void committed(ListAction... actions) {
    at(1, 1_000, Result.COMMITTED, actions);
  }

  private static Append append(String list, long element) {
    return new Append(list, element);
  }

  private static Read read(String list, Long... elements) {
    return new Read(list, List.of(elements));
  }

  private List<Anomaly> anomalies() {
    return new ListAppendChecker(Promise.STRICTLY_SERIALIZABLE).check(history);
  }

  private void assertAnomalies(Kind... kinds) {
    List<Anomaly> found = anomalies();
    assertEquals(
        Set.of(kinds),
        found.stream().map(Anomaly::kind).collect(Collectors.toSet()),
        found::toString);
  }

  @Test
  void oneAfterTheOtherIsRight() {
    at(1, 2, Result.COMMITTED, append("x", 1), append("y", 1));
    at(3, 4, Result.COMMITTED, read("x", 1L), read("y", 1L));
    at(5, 6, Result.COMMITTED, read("x", 1L), append("x", 2), append("y", 3));
    at(7, 8, Result.COMMITTED, append("x", 4), read("x", 1L, 2L, 4L));
    at(9, 10, Result.COMMITTED, read("x", 1L, 2L, 4L), read("y", 1L, 3L), read("z"));
    assertAnomalies();
  }

  @Test
  void whatIsConcurrentMayBeSeenOrNot() {
    at(1, 10, Result.COMMITTED, append("x", 1), append("y", 1));
    at(2, 3, Result.COMMITTED, read("x"), read("y"));
    at(4, 5, Result.COMMITTED, read("x", 1L), read("y", 1L));
    assertAnomalies();
  }

  @Test
  void anUnknownTransactionMayHaveHappenedLateOrNever() {
    at(1, 0, Result.UNKNOWN, append("x", 1), append("y", 1));
    at(2, 3, Result.COMMITTED, read("x"), read("y"));
    assertAnomalies();
    at(4, 5, Result.COMMITTED, read("x", 1L), read("y", 1L));
    assertAnomalies();
    at(6, 7, Result.COMMITTED, read("x"), read("y", 1L));
    assertAnomalies(Kind.G_SINGLE);
  }

  @Test
  void whatAnUnknownTransactionDemandedHeldIfItHappened() {
    at(1, 0, Result.UNKNOWN, read("y"), append("x", 1));
    at(2, 3, Result.COMMITTED, append("y", 2));
    assertAnomalies();
    at(4, 5, Result.COMMITTED, read("x", 1L), read("y", 2L));
    assertAnomalies();
    at(6, 0, Result.UNKNOWN, read("y"), append("x", 3));
    assertAnomalies();
    at(8, 9, Result.COMMITTED, read("x", 1L, 3L));
    // T3 comes before T4, for it did not see 3, and after T2, which T4 did not see.
    assertAnomalies(Kind.G2);
  }

  @Test
  void anUnknownTransactionDoesNotHappenBeforeItIsSent() {
    at(1, 2, Result.COMMITTED, read("x", 1L));
    at(3, 0, Result.UNKNOWN, append("x", 1));
    assertAnomalies(Kind.G1C_REAL_TIME);
  }

  @Test
  void elementsFromNowhere() {
    committed(read("x", 7L));
    assertAnomalies(Kind.UNKNOWN_ELEMENT);
  }

  @Test
  void anAppendThatHappenedTwice() {
    committed(append("x", 1));
    committed(read("x", 1L, 1L));
    assertAnomalies(Kind.DUPLICATE_ELEMENT);
  }

  @Test
  void aTransactionSeesItself() {
    committed(append("x", 1), read("x"));
    assertTrue(anomalies().stream().anyMatch(anomaly -> anomaly.kind() == Kind.INTERNAL));
    history.clear();
    committed(append("x", 1));
    committed(read("x"), append("y", 1), read("x", 1L));
    assertTrue(anomalies().stream().anyMatch(anomaly -> anomaly.kind() == Kind.INTERNAL));
  }

  @Test
  void aListHasOneOrder() {
    committed(append("x", 1));
    committed(append("x", 2));
    committed(read("x", 1L, 2L));
    committed(read("x", 2L));
    assertAnomalies(Kind.INCOMPATIBLE_ORDER);
  }

  @Test
  void abortedReads() {
    at(1, 1_000, Result.ABORTED, append("x", 1));
    committed(read("x", 1L));
    assertAnomalies(Kind.G1A);
  }

  @Test
  void intermediateReads() {
    committed(append("x", 1), append("x", 2));
    committed(read("x", 1L));
    committed(read("x", 1L, 2L));
    // To have seen half of a transaction is to come before and after it, too.
    assertAnomalies(Kind.G1B, Kind.G_SINGLE);
  }

  @Test
  void dirtyWrites() {
    committed(append("x", 1), append("y", 1));
    committed(append("x", 2), append("y", 2));
    committed(read("x", 1L, 2L));
    committed(read("y", 2L, 1L));
    assertAnomalies(Kind.G0);
  }

  @Test
  void circularInformationFlow() {
    committed(append("x", 1), read("y", 2L));
    committed(append("y", 2), read("x", 1L));
    assertAnomalies(Kind.G1C);
  }

  @Test
  void readSkew() {
    committed(append("x", 1), append("y", 1));
    committed(read("x", 1L), read("y"));
    assertAnomalies(Kind.G_SINGLE);
  }

  @Test
  void aLostUpdate() {
    committed(read("x"), append("x", 1));
    committed(read("x"), append("x", 2));
    committed(read("x", 1L, 2L));
    assertAnomalies(Kind.G_SINGLE);
  }

  @Test
  void writeSkew() {
    committed(read("x"), append("y", 1));
    committed(read("y"), append("x", 1));
    committed(read("x", 1L), read("y", 1L));
    assertAnomalies(Kind.G2);
  }

  @Test
  void twoReadersThatSeeTwoWritersInDifferentOrder() {
    committed(append("x", 1));
    committed(append("y", 1));
    committed(read("x", 1L), read("y"));
    committed(read("x"), read("y", 1L));
    assertAnomalies(Kind.G2);
  }

  @Test
  void staleReadsAndLostWrites() {
    at(1, 2, Result.COMMITTED, append("x", 1));
    at(3, 4, Result.COMMITTED, read("x"));
    assertAnomalies(Kind.G_SINGLE_REAL_TIME);
    at(5, 6, Result.COMMITTED, read("x", 1L));
    assertAnomalies(Kind.G_SINGLE_REAL_TIME);
    assertEquals(List.of(), new ListAppendChecker(Promise.SERIALIZABLE).check(history));
  }

  @Test
  void readsAloneMayFindATransactionUnderway() {
    at(1, 9, Result.COMMITTED, append("x", 1), append("y", 1));
    alone(2, 3, read("x", 1L));
    alone(4, 5, read("y"));
    assertAnomalies();
    at(6, 7, Result.COMMITTED, read("y"));
    assertAnomalies();
    at(6, 7, Result.COMMITTED, read("y"), read("x", 1L));
    assertAnomalies(Kind.G_SINGLE);
  }

  @Test
  void readsAloneOfOneItemFollowRealTime() {
    at(1, 9, Result.COMMITTED, append("x", 1), append("y", 1));
    alone(2, 3, read("x", 1L));
    alone(4, 5, read("x"));
    assertAnomalies(Kind.G_SINGLE_REAL_TIME);
    history.removeLast();
    alone(10, 11, read("y"));
    assertAnomalies(Kind.G_SINGLE_REAL_TIME);
  }

  @Test
  void writesAgainstRealTime() {
    at(1, 2, Result.COMMITTED, append("x", 1));
    at(3, 4, Result.COMMITTED, append("x", 2));
    at(5, 6, Result.COMMITTED, read("x", 2L, 1L));
    assertAnomalies(Kind.G0_REAL_TIME);
  }

  @Test
  void readsAgainstRealTime() {
    at(1, 2, Result.COMMITTED, append("x", 1), read("y", 2L));
    at(3, 8, Result.COMMITTED, append("y", 2));
    assertAnomalies(Kind.G1C_REAL_TIME);
  }

  @Test
  void writeSkewOverRealTime() {
    at(1, 100, Result.COMMITTED, read("x"), append("y", 1));
    at(2, 3, Result.COMMITTED, append("x", 1));
    at(4, 5, Result.COMMITTED, read("y"));
    assertAnomalies(Kind.G2_REAL_TIME);
  }

  @Test
  void unseenWritesComeLast() {
    committed(append("x", 1));
    committed(append("x", 2), append("y", 1));
    committed(read("x", 1L), read("y", 1L));
    assertAnomalies(Kind.G_SINGLE);
  }

  @Test
  void reportsNameTheTransactionsAndWhy() {
    committed(append("x", 1), append("y", 1));
    committed(read("x", 1L), read("y"));
    String report = anomalies().getFirst().toString();
    assertTrue(report.startsWith("G-single, read skew: "), report);
    assertTrue(
        report.contains("T1 [append x 1, append y 1] before T2 [read x [1], read y []]"), report);
    assertTrue(report.contains("wr: T2 saw 1 in x, which T1 appended"), report);
    assertTrue(report.contains("rw: T2 did not see 1 in y, which T1 appended"), report);
  }

  @Test
  void nothingFollowsFromElementsThatAreAppendedTwice() {
    committed(append("x", 1));
    committed(append("x", 1));
    assertThrows(IllegalArgumentException.class, this::anomalies);
  }
}
