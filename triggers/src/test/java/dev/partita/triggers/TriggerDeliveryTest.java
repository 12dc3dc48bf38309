package dev.partita.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a whole consumer delivers, isolates and abandons. */
class TriggerDeliveryTest extends TriggerConsumerFixture {
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
