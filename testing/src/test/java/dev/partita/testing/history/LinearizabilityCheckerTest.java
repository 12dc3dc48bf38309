package dev.partita.testing.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.partita.testing.history.RegisterOperation.Add;
import dev.partita.testing.history.RegisterOperation.CompareAndSet;
import dev.partita.testing.history.RegisterOperation.Delete;
import dev.partita.testing.history.RegisterOperation.Read;
import dev.partita.testing.history.RegisterOperation.Write;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Small histories whose verdict is known. */
class LinearizabilityCheckerTest {

  private static Verdict check(RecordedOperation... history) {
    return new LinearizabilityChecker(100_000).check(List.of(history));
  }

  private static void assertGood(RecordedOperation... history) {
    assertInstanceOf(Verdict.Linearizable.class, check(history));
  }

  private static void assertBad(RecordedOperation... history) {
    assertInstanceOf(Verdict.Violated.class, check(history));
  }

  private static RecordedOperation operation(
      long start, long end, RegisterOperation operation, Outcome outcome) {
    return new RecordedOperation("item", start, end, operation, outcome);
  }

  private static RecordedOperation write(long start, long end, long number) {
    return operation(start, end, new Write(number), new Outcome.Done(Optional.empty()));
  }

  private static RecordedOperation lostWrite(long start, long number) {
    return operation(start, Long.MAX_VALUE, new Write(number), new Outcome.Unknown());
  }

  private static RecordedOperation read(long start, long end, long number) {
    return operation(start, end, new Read(), new Outcome.Done(Optional.of(number)));
  }

  private static RecordedOperation readNothing(long start, long end) {
    return operation(start, end, new Read(), new Outcome.Done(Optional.empty()));
  }

  private static RecordedOperation add(long start, long end, long summand, long sum) {
    return operation(start, end, new Add(summand), new Outcome.Done(Optional.of(sum)));
  }

  private static RecordedOperation swapped(long start, long end, long from, long to) {
    return operation(
        start, end, new CompareAndSet(Optional.of(from), to), new Outcome.Done(Optional.empty()));
  }

  private static RecordedOperation refused(long start, long end, long from, long seen) {
    return operation(
        start,
        end,
        new CompareAndSet(Optional.of(from), 99),
        new Outcome.Refused(Optional.of(seen)));
  }

  @Test
  void aReadDuringAWriteMaySeeOldOrNew() {
    assertGood(write(1, 2, 5), write(3, 6, 7), read(4, 5, 5));
    assertGood(write(1, 2, 5), write(3, 6, 7), read(4, 5, 7));
  }

  @Test
  void aReadAfterAWriteMustSeeIt() {
    assertBad(write(1, 2, 5), write(3, 4, 7), read(5, 6, 5));
    assertBad(write(1, 2, 5), readNothing(3, 4));
  }

  @Test
  void onceANewNumberIsSeenTheOldOneDoesNotComeBack() {
    assertBad(write(1, 2, 5), write(3, 10, 7), read(4, 5, 7), read(6, 7, 5));
  }

  @Test
  void anUnknownWriteMayHappenLateOrNever() {
    assertGood(lostWrite(1, 5), readNothing(2, 3));
    assertGood(lostWrite(1, 5), readNothing(2, 3), read(4, 5, 5));
    assertGood(lostWrite(1, 5), read(2, 3, 5));
    assertBad(lostWrite(1, 5), read(2, 3, 5), readNothing(4, 5));
    assertBad(readNothing(1, 4), read(2, 3, 5), lostWrite(6, 5));
  }

  @Test
  void additionsHappenOnce() {
    assertGood(add(1, 4, 1, 1), add(2, 3, 2, 3));
    assertGood(add(1, 4, 1, 3), add(2, 3, 2, 2));
    assertBad(add(1, 4, 1, 1), add(2, 3, 2, 2));
    assertBad(add(1, 2, 1, 1), add(3, 4, 1, 2), read(5, 6, 3));
  }

  @Test
  void twoCannotSwapTheSameNumber() {
    assertGood(write(1, 2, 5), swapped(3, 6, 5, 6), swapped(4, 5, 6, 7), read(7, 8, 7));
    assertBad(write(1, 2, 5), swapped(3, 6, 5, 6), swapped(4, 5, 5, 7));
  }

  @Test
  void aRefusalNeedsAReason() {
    assertGood(write(1, 2, 5), refused(3, 4, 4, 5));
    assertBad(write(1, 2, 5), refused(3, 4, 5, 5));
    assertBad(write(1, 2, 5), refused(3, 4, 4, 6));
  }

  @Test
  void aDeleteAnswersWithWhatItDeleted() {
    assertGood(
        write(1, 2, 5),
        operation(3, 4, new Delete(), new Outcome.Done(Optional.of(5L))),
        readNothing(5, 6));
    assertBad(write(1, 2, 5), operation(3, 4, new Delete(), new Outcome.Done(Optional.empty())));
  }

  @Test
  void itemsAreIndependent() {
    Verdict verdict =
        check(
            new RecordedOperation("x", 1, 2, new Write(5), new Outcome.Done(Optional.empty())),
            new RecordedOperation("y", 3, 4, new Read(), new Outcome.Done(Optional.empty())),
            new RecordedOperation("x", 5, 6, new Read(), new Outcome.Done(Optional.empty())));
    Verdict.Violated violated = assertInstanceOf(Verdict.Violated.class, verdict);
    assertEquals("x", violated.item());
    assertEquals(1, violated.explained().size());
    assertEquals(List.of(5L), violated.contradiction().stream().map(o -> o.start()).toList());
  }

  @Test
  void aSearchThatIsTooLongIsGivenUp() {
    RecordedOperation[] writes = new RecordedOperation[13];
    for (int i = 0; i < 12; i++) {
      writes[i] = write(i + 1, 100 + i, i);
    }
    writes[12] = read(200, 201, 50);
    assertInstanceOf(
        Verdict.GivenUp.class, new LinearizabilityChecker(1_000).check(List.of(writes)));
  }
}
