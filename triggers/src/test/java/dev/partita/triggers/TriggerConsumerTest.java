package dev.partita.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.triggers.TriggerSettings.Start;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whole consumers over a stream behind HTTP. */
class TriggerConsumerTest extends TriggerConsumerFixture {
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
}
