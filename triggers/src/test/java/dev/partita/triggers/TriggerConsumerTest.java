package dev.partita.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.triggers.TriggerSettings.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole consumers against a stream behind HTTP. */
class TriggerConsumerTest {
  private static final TriggerSettings.Pace FAST =
      new TriggerSettings.Pace(Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofSeconds(5));

  @TempDir private Path directory;

  private final FakeStreams streams = new FakeStreams();
  private final RecordingHandler handler = new RecordingHandler();

  @AfterEach
  void closeStreams() {
    streams.close();
  }

  private Path checkpoint() {
    return directory.resolve("checkpoint");
  }

  private TriggerSettings settings(Start start) {
    return new TriggerSettings(
        new TriggerSettings.Source(
            streams.endpoint(),
            "us-east-1",
            Optional.empty(),
            new TriggerSettings.StreamName.OfTable(FakeStreams.TABLE),
            start),
        checkpoint(),
        TriggerSettings.Batching.DEFAULT,
        TriggerSettings.Failures.DEFAULT,
        FAST);
  }

  private TriggerSettings settings() {
    return settings(Start.TRIM_HORIZON);
  }

  private TriggerSettings with(TriggerSettings.Batching batching) {
    TriggerSettings usual = settings();
    return new TriggerSettings(
        usual.source(), usual.checkpoint(), batching, usual.failures(), usual.pace());
  }

  private TriggerSettings with(TriggerSettings.Failures failures) {
    TriggerSettings usual = settings();
    return new TriggerSettings(
        usual.source(), usual.checkpoint(), usual.batching(), failures, usual.pace());
  }

  /** Inserts records into a shard; their sequence numbers. */
  private List<String> fill(String shard, int count) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(streams.insert(shard, "key", i));
    }
    return numbers;
  }

  @Test
  void deliversWhatIsThereAndWhatComes() throws Exception {
    streams.shard("a", null);
    List<String> expected = new ArrayList<>(fill("a", 250));
    try (RunningConsumer consumer = RunningConsumer.start(settings(), handler)) {
      handler.awaitRecords(250);
      expected.addAll(fill("a", 10));
      handler.awaitRecords(260);
      consumer.stop();
      assertEquals(TriggerConsumer.End.STOPPED, consumer.end());
      assertEquals(260, consumer.progress().deliveredRecords());
    }
    assertEquals(expected, handler.sequenceNumbers());
    assertTrue(handler.batches().stream().allMatch(batch -> batch.records().size() <= 100));
    assertEquals(100, handler.batches().getFirst().records().size());
    assertTrue(
        Files.readString(checkpoint()).contains("{\"after\":\"" + expected.getLast() + "\"}"));
  }

  @Test
  void goesOnWhereItsCheckpointIs() throws Exception {
    streams.shard("a", null);
    List<String> expected = new ArrayList<>(fill("a", 3));
    try (RunningConsumer first = RunningConsumer.start(settings(), handler)) {
      handler.awaitRecords(3);
      first.stop();
      first.end();
    }
    expected.addAll(fill("a", 2));
    try (RunningConsumer second = RunningConsumer.start(settings(Start.LATEST), handler)) {
      handler.awaitRecords(5);
      expected.addAll(fill("a", 1));
      handler.awaitRecords(6);
      second.stop();
      second.end();
    }
    assertEquals(expected, handler.sequenceNumbers());
  }

  @Test
  void childrenComeAfterTheirParents() throws Exception {
    streams.shard("a", null);
    streams.shard("b", null);
    List<String> expected = new ArrayList<>(fill("a", 300));
    streams.split("a", "a1", "a2");
    fill("a1", 150);
    streams.split("a1", "a11");
    fill("a11", 10);
    fill("a2", 5);
    fill("b", 5);
    // The first delivery of the root takes long: nothing of its descendants may overtake it.
    CountDownLatch rootMayGoOn = new CountDownLatch(1);
    handler.behave(batch -> {
      if (batch.shardId().equals("a")) {
        assertTrue(rootMayGoOn.await(30, TimeUnit.SECONDS));
      }
      return new DeliveryOutcome.Delivered();
    });
    try (RunningConsumer consumer = RunningConsumer.start(settings(), handler)) {
      handler.awaitRecords(105);
      Thread.sleep(200);
      assertEquals(
          List.of("a", "b"),
          handler.batches().stream().map(StreamBatch::shardId).distinct().sorted().toList());
      rootMayGoOn.countDown();
      handler.awaitRecords(470);
      streams.disable();
      assertEquals(TriggerConsumer.End.STREAM_ENDED, consumer.end());
    }
    List<String> shards = handler.batches().stream().map(StreamBatch::shardId).toList();
    assertTrue(shards.lastIndexOf("a") < shards.indexOf("a1"), shards::toString);
    assertTrue(shards.lastIndexOf("a") < shards.indexOf("a2"), shards::toString);
    assertTrue(shards.lastIndexOf("a1") < shards.indexOf("a11"), shards::toString);
    assertEquals(expected, handler.sequenceNumbers().stream().filter(expected::contains).toList());
    assertEquals(470, handler.sequenceNumbers().stream().distinct().count());
  }

  @Test
  void findsShardsThatAppearLater() throws Exception {
    streams.shard("a", null);
    try (RunningConsumer consumer = RunningConsumer.start(settings(), handler)) {
      fill("a", 1);
      handler.awaitRecords(1);
      streams.closeShard("a");
      Thread.sleep(100);
      streams.shard("a1", "a");
      fill("a1", 1);
      handler.awaitRecords(2);
      streams.shard("new", null);
      fill("new", 1);
      handler.awaitRecords(3);
      consumer.stop();
      assertEquals(TriggerConsumer.End.STOPPED, consumer.end());
    }
  }

  @Test
  void latestSkipsWhatIsThere() throws Exception {
    streams.shard("old", null);
    fill("old", 5);
    streams.split("old", "young");
    fill("young", 5);
    try (RunningConsumer consumer = RunningConsumer.start(settings(Start.LATEST), handler)) {
      awaitIteratorRequests(1);
      List<String> expected = new ArrayList<>(fill("young", 2));
      streams.split("young", "younger");
      expected.addAll(fill("younger", 2));
      handler.awaitRecords(4);
      consumer.stop();
      consumer.end();
      assertEquals(expected, handler.sequenceNumbers());
    }
  }

  @Test
  void latestLosesNothingBetweenTwoRunsWithoutADelivery() throws Exception {
    streams.shard("a", null);
    streams.change("a", EventName.INSERT, "key", 0, Instant.now().minusSeconds(60));
    try (RunningConsumer consumer = RunningConsumer.start(settings(Start.LATEST), handler)) {
      awaitIteratorRequests(1);
      consumer.stop();
      consumer.end();
    }
    List<String> expected = fill("a", 3);
    try (RunningConsumer consumer = RunningConsumer.start(settings(Start.LATEST), handler)) {
      handler.awaitRecords(3);
      consumer.stop();
      consumer.end();
    }
    assertEquals(expected, handler.sequenceNumbers());
  }

  private void awaitIteratorRequests(int count) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (streams.requests().stream().filter(target -> target.endsWith(".GetRecords")).count()
        < count) {
      assertTrue(System.nanoTime() < deadline, "no requests");
      Thread.sleep(5);
    }
  }

  @Test
  void expiredIteratorsAreReplaced() throws Exception {
    streams.shard("a", null);
    List<String> expected = new ArrayList<>();
    try (RunningConsumer consumer = RunningConsumer.start(settings(), handler)) {
      for (int i = 1; i <= 5; i++) {
        streams.expireIterators();
        expected.addAll(fill("a", 1));
        handler.awaitRecords(i);
      }
      consumer.stop();
      consumer.end();
    }
    assertEquals(expected, handler.sequenceNumbers());
  }

  @Test
  void throttlingFailuresAndLostConnectionsAreOutlasted() throws Exception {
    streams.fail("DescribeTable", 1, 500, "InternalServerError");
    streams.fail("DescribeStream", 1, 400, "LimitExceededException");
    streams.fail("DescribeStream", 1, 0, "");
    streams.fail("GetShardIterator", 1, 400, "ThrottlingException");
    streams.fail("GetShardIterator", 1, 503, "ServiceUnavailable");
    streams.fail("GetRecords", 2, 400, "ProvisionedThroughputExceededException");
    streams.fail("GetRecords", 1, 0, "");
    streams.fail("GetRecords", 1, 500, "InternalServerError");
    streams.shard("a", null);
    List<String> expected = fill("a", 3);
    try (RunningConsumer consumer = RunningConsumer.start(settings(), handler)) {
      handler.awaitRecords(3);
      consumer.stop();
      consumer.end();
    }
    assertEquals(expected, handler.sequenceNumbers());
  }

  @Test
  void aTrimmedPositionGoesOnWithTheOldestRecord() throws Exception {
    streams.shard("a", null);
    List<String> expected = new ArrayList<>(fill("a", 2));
    try (RunningConsumer consumer = RunningConsumer.start(settings(), handler)) {
      handler.awaitRecords(2);
      consumer.stop();
      consumer.end();
    }
    fill("a", 5);
    streams.trim("a");
    expected.addAll(fill("a", 2));
    try (RunningConsumer consumer = RunningConsumer.start(settings(), handler)) {
      handler.awaitRecords(4);
      streams.trim("a");
      expected.addAll(fill("a", 1));
      handler.awaitRecords(5);
      consumer.stop();
      consumer.end();
    }
    assertEquals(expected, handler.sequenceNumbers());
  }

  @Test
  void aShardThatVanishesIsForgottenAndItsChildRead() throws Exception {
    streams.shard("a", null);
    fill("a", 1);
    try (RunningConsumer consumer = RunningConsumer.start(settings(), handler)) {
      handler.awaitRecords(1);
      streams.split("a", "b");
      streams.removeShard("a");
      fill("b", 1);
      handler.awaitRecords(2);
      streams.disable();
      assertEquals(TriggerConsumer.End.STREAM_ENDED, consumer.end());
    }
    assertFalse(Files.readString(checkpoint()).contains("\"a\""));
  }

  @Test
  void aDisabledStreamEndsAlsoTheSecondTime() throws Exception {
    streams.shard("a", null);
    fill("a", 3);
    streams.split("a", "b");
    fill("b", 3);
    streams.disable();
    try (RunningConsumer consumer = RunningConsumer.start(settings(), handler)) {
      assertEquals(TriggerConsumer.End.STREAM_ENDED, consumer.end());
    }
    assertEquals(6, handler.sequenceNumbers().size());
    try (RunningConsumer consumer = RunningConsumer.start(settings(), handler)) {
      assertEquals(TriggerConsumer.End.STREAM_ENDED, consumer.end());
    }
    assertEquals(6, handler.sequenceNumbers().size());
  }

  @Test
  void largeBatchesAndWindows() throws Exception {
    streams.shard("a", null);
    fill("a", 2500);
    TriggerSettings.Batching batching =
        new TriggerSettings.Batching(2000, Duration.ofMillis(500), EnumSet.allOf(EventName.class));
    try (RunningConsumer consumer = RunningConsumer.start(with(batching), handler)) {
      handler.awaitRecords(2000);
      long start = System.nanoTime();
      handler.awaitRecords(2500);
      assertTrue(System.nanoTime() - start >= Duration.ofMillis(350).toNanos());
      for (int i = 0; i < 5; i++) {
        fill("a", 1);
        Thread.sleep(20);
      }
      handler.awaitRecords(2505);
      consumer.stop();
      consumer.end();
    }
    assertEquals(
        List.of(2000, 500, 5),
        handler.batches().stream().map(batch -> batch.records().size()).toList());
  }

  @Test
  void onlyWantedEventsAreDeliveredButAllAreDone() throws Exception {
    streams.shard("a", null);
    String wanted = streams.insert("a", "key", 1);
    streams.change("a", EventName.MODIFY, "key", 2, Instant.now());
    String last = streams.change("a", EventName.REMOVE, "key", 2, Instant.now());
    TriggerSettings.Batching batching =
        new TriggerSettings.Batching(100, Duration.ZERO, EnumSet.of(EventName.INSERT));
    try (RunningConsumer consumer = RunningConsumer.start(with(batching), handler)) {
      handler.awaitRecords(1);
      consumer.stop();
      consumer.end();
    }
    assertEquals(List.of(wanted), handler.sequenceNumbers());
    assertTrue(Files.readString(checkpoint()).contains("{\"after\":\"" + last + "\"}"));
  }

  @Test
  void poisonIsIsolatedAndTheRestDelivered() throws Exception {
    streams.shard("a", null);
    List<String> numbers = fill("a", 10);
    String poison = numbers.get(6);
    handler.behave(batch -> {
      if (batch.records().stream().anyMatch(record -> record.sequenceNumber().equals(poison))) {
        throw new IOException("poison");
      }
      return new DeliveryOutcome.Delivered();
    });
    Path dead = directory.resolve("dead.jsonl");
    TriggerSettings.Failures failures =
        new TriggerSettings.Failures(
            OptionalInt.of(0), Optional.empty(), true, Duration.ofSeconds(10), Optional.of(dead));
    streams.disable();
    try (RunningConsumer consumer = RunningConsumer.start(with(failures), handler)) {
      assertEquals(TriggerConsumer.End.STREAM_ENDED, consumer.end());
      assertEquals(9, consumer.progress().deliveredRecords());
      assertEquals(1, consumer.progress().givenUpRecords());
    }
    List<String> lines = Files.readAllLines(dead);
    assertEquals(1, lines.size());
    assertTrue(lines.getFirst().contains("\"startSequenceNumber\":\"" + poison + "\""));
    assertTrue(lines.getFirst().contains("IOException: poison"));
  }

  @Test
  void stoppingLetsTheDeliveryUnderWayEnd() throws Exception {
    streams.shard("a", null);
    fill("a", 150);
    CountDownLatch mayEnd = new CountDownLatch(1);
    handler.behave(batch -> {
      assertTrue(mayEnd.await(30, TimeUnit.SECONDS));
      return new DeliveryOutcome.Delivered();
    });
    try (RunningConsumer consumer = RunningConsumer.start(settings(), handler)) {
      handler.awaitRecords(100);
      consumer.stop();
      mayEnd.countDown();
      assertEquals(TriggerConsumer.End.STOPPED, consumer.end());
    }
    assertEquals(1, handler.batches().size());
    String last = handler.sequenceNumbers().getLast();
    assertTrue(Files.readString(checkpoint()).contains("{\"after\":\"" + last + "\"}"));
  }

  @Test
  void stoppingAbandonsADeliveryThatTakesTooLong() throws Exception {
    streams.shard("a", null);
    List<String> expected = fill("a", 2);
    CountDownLatch never = new CountDownLatch(1);
    handler.behave(batch -> {
      never.await();
      return new DeliveryOutcome.Delivered();
    });
    TriggerSettings usual = settings();
    TriggerSettings impatient =
        new TriggerSettings(
            usual.source(),
            usual.checkpoint(),
            usual.batching(),
            usual.failures(),
            new TriggerSettings.Pace(
                FAST.pollInterval(), FAST.discoveryInterval(), Duration.ofMillis(50)));
    try (RunningConsumer consumer = RunningConsumer.start(impatient, handler)) {
      handler.awaitRecords(2);
      consumer.stop();
      assertEquals(TriggerConsumer.End.STOPPED, consumer.end());
    }
    handler.behave(batch -> new DeliveryOutcome.Delivered());
    try (RunningConsumer consumer = RunningConsumer.start(settings(), handler)) {
      handler.awaitRecords(4);
      consumer.stop();
      consumer.end();
    }
    assertEquals(expected, handler.sequenceNumbers().subList(0, 2));
    assertEquals(expected, handler.sequenceNumbers().subList(2, 4));
  }

  @Test
  void stoppingInterruptsTheWaitForARetry() throws Exception {
    streams.shard("a", null);
    fill("a", 1);
    handler.behave(batch -> new DeliveryOutcome.Failed("never"));
    try (RunningConsumer consumer = RunningConsumer.start(settings(), handler)) {
      handler.awaitRecords(4);
      long start = System.nanoTime();
      consumer.stop();
      assertEquals(TriggerConsumer.End.STOPPED, consumer.end());
      assertTrue(System.nanoTime() - start < Duration.ofSeconds(2).toNanos());
    }
  }

  private String refusal(TriggerSettings settings) throws InterruptedException {
    try (RunningConsumer consumer = RunningConsumer.start(settings, handler)) {
      return String.valueOf(assertThrows(TriggerException.class, consumer::end).getMessage());
    }
  }

  @Test
  void whatCannotWorkIsSaidInOneLine() throws Exception {
    streams.shard("a", null);
    TriggerSettings usual = settings();
    TriggerSettings.Source source = usual.source();
    TriggerSettings otherTable =
        new TriggerSettings(
            new TriggerSettings.Source(
                source.endpoint(),
                source.region(),
                Optional.empty(),
                new TriggerSettings.StreamName.OfTable("Other"),
                source.start()),
            checkpoint());
    assertEquals("there is no table Other", refusal(otherTable));
    TriggerSettings otherStream =
        new TriggerSettings(
            new TriggerSettings.Source(
                source.endpoint(),
                source.region(),
                Optional.empty(),
                new TriggerSettings.StreamName.Arn(FakeStreams.ARN + "9"),
                source.start()),
            checkpoint());
    assertEquals("there is no stream " + FakeStreams.ARN + "9", refusal(otherStream));
    streams.fail("DescribeTable", 1, 400, "AccessDeniedException");
    assertEquals("the endpoint refuses: AccessDeniedException: so it is", refusal(usual));
    streams.tableWithoutStream();
    assertEquals("the table Orders has no stream; enable one with UpdateTable", refusal(usual));
  }

  @Test
  void anErrorThatDoesNotPassStopsTheOtherShardsToo() throws Exception {
    streams.shard("a", null);
    streams.shard("b", null);
    try (RunningConsumer consumer = RunningConsumer.start(settings(), handler)) {
      fill("a", 1);
      fill("b", 1);
      handler.awaitRecords(2);
      streams.fail("GetRecords", 1, 400, "ValidationException");
      TriggerException end = assertThrows(TriggerException.class, consumer::end);
      assertTrue(end.toString().contains("ValidationException: so it is"), end::toString);
    }
    try (RunningConsumer again = RunningConsumer.start(settings(), handler)) {
      fill("a", 1);
      handler.awaitRecords(3);
      again.stop();
      again.end();
    }
  }
}
