package dev.partita.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules by which a batch is tried again, cut and given up. */
class BatchDeliveryTest {
  @TempDir private Path directory;

  private final List<String> attempts = new ArrayList<>();
  private final List<String> checkpoints = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final Progress progress = new Progress();
  private long nowMillis = Records.TIME.toEpochMilli();

  /** A clock that the pauses of the delivery move. */
  private final Clock clock =
      new Clock() {
        @Override
        public long wallMillis() {
          return nowMillis;
        }

        @Override
        public long monotonicNanos() {
          return nowMillis * 1_000_000;
        }
      };

  private Path deadLetters() {
    return directory.resolve("dead.jsonl");
  }

  private static String range(StreamBatch batch) {
    return batch.firstSequenceNumber() + "-" + batch.lastSequenceNumber();
  }

  private static TriggerSettings.Failures rules(int retries, boolean bisect) {
    return rules(OptionalInt.of(retries), Optional.empty(), bisect);
  }

  private static TriggerSettings.Failures rules(
      OptionalInt retries, Optional<Duration> age, boolean bisect) {
    return new TriggerSettings.Failures(
        retries, age, bisect, Duration.ofSeconds(30), Optional.empty());
  }

  private void deliver(StreamBatch batch, TriggerSettings.Failures rules, TriggerHandler handler)
      throws IOException, InterruptedException {
    TriggerHandler recording =
        attempt -> {
          attempts.add(range(attempt));
          return handler.handle(attempt);
        };
    Pause pause =
        duration -> {
          pauses.add(duration);
          nowMillis += duration.toMillis();
        };
    new BatchDelivery(
            new TimedDelivery(recording, rules.deliveryTimeout()),
            rules,
            Optional.of(new DeadLetters(deadLetters(), clock)),
            progress,
            clock,
            () -> 0,
            pause)
        .deliver(batch, checkpoints::add);
  }

  private static boolean has(StreamBatch batch, int number) {
    return batch.records().stream()
        .anyMatch(record -> record.sequenceNumber().equals(Integer.toString(number)));
  }

  private static TriggerHandler poison(int number) {
    return batch ->
        has(batch, number) ? new DeliveryOutcome.Failed("poison") : new DeliveryOutcome.Delivered();
  }

  private static TriggerHandler reporting(int number) {
    return batch ->
        has(batch, number)
            ? new DeliveryOutcome.PartlyFailed(Set.of(Integer.toString(number)))
            : new DeliveryOutcome.Delivered();
  }

  private List<String> deadRanges() throws IOException {
    if (!Files.exists(deadLetters())) {
      return List.of();
    }
    return Files.readAllLines(deadLetters()).stream()
        .map(line ->
            line.replaceAll(
                ".*\"condition\":\"(\\w+)\",\"approximateInvokeCount\":(\\d+).*"
                    + "\"startSequenceNumber\":\"(\\d+)\",\"endSequenceNumber\":\"(\\d+)\".*",
                "$1 $2 $3-$4"))
        .toList();
  }

  @Test
  void aBatchThatIsTakenIsDone() throws Exception {
    deliver(Records.batch(1, 5), rules(0, false), batch -> new DeliveryOutcome.Delivered());
    assertEquals(List.of("1-5"), attempts);
    assertEquals(List.of("5"), checkpoints);
    assertEquals(5, progress.deliveredRecords());
    assertEquals(List.of(), pauses);
  }

  @Test
  void retriesAreCountedAndThenItIsGivenUp() throws Exception {
    deliver(Records.batch(1, 5), rules(2, false), poison(3));
    assertEquals(List.of("1-5", "1-5", "1-5"), attempts);
    assertEquals(List.of("5"), checkpoints);
    assertEquals(List.of("RetryAttemptsExhausted 3 1-5"), deadRanges());
    assertEquals(5, progress.givenUpRecords());
    assertEquals(2, progress.retries());
    assertTrue(pauses.get(1).compareTo(pauses.get(0)) > 0, pauses::toString);
  }

  @Test
  void retriesWithoutEndGoOnUntilItSucceeds() throws Exception {
    deliver(
        Records.batch(1, 1),
        TriggerSettings.Failures.DEFAULT,
        batch -> {
          if (attempts.size() < 50) {
            throw new IllegalStateException("not yet");
          }
          return new DeliveryOutcome.Delivered();
        });
    assertEquals(50, attempts.size());
    assertEquals(List.of("1"), checkpoints);
    assertTrue(
        pauses.stream().allMatch(pause -> pause.compareTo(Duration.ofSeconds(30)) <= 0),
        pauses::toString);
  }

  @Test
  void bisectionFindsThePoison() throws Exception {
    deliver(Records.batch(1, 8), rules(1, true), poison(6));
    assertEquals(List.of("1-8", "1-4", "5-8", "5-6", "5-5", "6-6", "6-6", "7-8"), attempts);
    assertEquals(List.of("4", "5", "6", "8"), checkpoints);
    assertEquals(List.of("RetryAttemptsExhausted 5 6-6"), deadRanges());
    assertEquals(7, progress.deliveredRecords());
  }

  @Test
  void aPartialFailureKeepsWhatWasDone() throws Exception {
    deliver(Records.batch(1, 8), rules(1, false), reporting(4));
    assertEquals(List.of("1-8", "4-8"), attempts);
    assertEquals(List.of("3", "8"), checkpoints);
    assertEquals(List.of("RetryAttemptsExhausted 2 4-8"), deadRanges());
  }

  @Test
  void aPartialFailureWithBisectionLosesOnlyThePoison() throws Exception {
    deliver(Records.batch(1, 8), rules(1, true), reporting(4));
    assertEquals(List.of("1-8", "4-8", "4-5", "4-4", "4-4", "5-5", "6-8"), attempts);
    assertEquals(List.of("RetryAttemptsExhausted 5 4-4"), deadRanges());
    assertEquals(7, progress.deliveredRecords());
  }

  @Test
  void theLowestReportedNumberCounts() throws Exception {
    deliver(
        Records.batch(1, 8),
        rules(1, false),
        batch ->
            attempts.size() == 1
                ? new DeliveryOutcome.PartlyFailed(Set.of("7", "5"))
                : new DeliveryOutcome.Delivered());
    assertEquals(List.of("1-8", "5-8"), attempts);
    assertEquals(List.of("4", "8"), checkpoints);
  }

  @Test
  void aReportOfAStrangeRecordFailsTheWholeBatch() throws Exception {
    deliver(
        Records.batch(1, 3),
        rules(1, false),
        batch ->
            attempts.size() == 1
                ? new DeliveryOutcome.PartlyFailed(Set.of("2", "77"))
                : new DeliveryOutcome.Delivered());
    assertEquals(List.of("1-3", "1-3"), attempts);
    assertEquals(List.of("3"), checkpoints);
  }

  @Test
  void oldRecordsAreGivenUpWithoutAnAttempt() throws Exception {
    nowMillis = Records.TIME.plusSeconds(100).toEpochMilli();
    List<StreamRecord> records =
        IntStream.rangeClosed(1, 6)
            .mapToObj(i -> Records.record(i, Records.TIME.plusSeconds(i * 10L), "{}"))
            .toList();
    deliver(
        new StreamBatch("arn", "shard", records),
        rules(OptionalInt.empty(), Optional.of(Duration.ofSeconds(60)), false),
        batch -> new DeliveryOutcome.Delivered());
    assertEquals(List.of("4-6"), attempts);
    assertEquals(List.of("3", "6"), checkpoints);
    assertEquals(List.of("RecordAgeExceeded 0 1-3"), deadRanges());
  }

  @Test
  void retriesEndWhenTheRecordsAreTooOld() throws Exception {
    deliver(
        Records.batch(1, 2),
        rules(OptionalInt.empty(), Optional.of(Duration.ofSeconds(5)), false),
        poison(1));
    assertEquals(List.of("2"), checkpoints);
    assertEquals(
        List.of("RecordAgeExceeded " + attempts.size() + " 1-2"), deadRanges(), attempts::toString);
    assertTrue(attempts.size() > 2, attempts::toString);
  }

  @Test
  void theDeadLetterIsWrittenBeforeTheCheckpointMoves() {
    TriggerSettings.Failures rules = rules(0, false);
    Optional<DeadLetters> unwritable =
        Optional.of(new DeadLetters(directory.resolve("missing/dead.jsonl"), clock));
    BatchDelivery delivery =
        new BatchDelivery(
            new TimedDelivery(poison(1), rules.deliveryTimeout()),
            rules,
            unwritable,
            progress,
            clock,
            () -> 0,
            duration -> {});
    assertThrows(IOException.class, () -> delivery.deliver(Records.batch(1, 2), checkpoints::add));
    assertEquals(List.of(), checkpoints);
    assertEquals(0, progress.givenUpRecords());
  }

  @Test
  void aHandlerThatIsLateIsInterruptedAndTriedAgain() throws Exception {
    TriggerSettings.Failures rules =
        new TriggerSettings.Failures(
            OptionalInt.of(0), Optional.empty(), false, Duration.ofMillis(50), Optional.empty());
    List<String> ends = new ArrayList<>();
    deliver(
        Records.batch(1, 1),
        rules,
        batch -> {
          try {
            Thread.sleep(30_000);
            ends.add("slept");
          } catch (InterruptedException e) {
            ends.add("interrupted");
          }
          return new DeliveryOutcome.Delivered();
        });
    assertEquals(List.of("interrupted"), ends);
    assertEquals(List.of("RetryAttemptsExhausted 1 1-1"), deadRanges());
    assertTrue(Files.readString(deadLetters()).contains("no answer within 50 ms"));
  }
}
