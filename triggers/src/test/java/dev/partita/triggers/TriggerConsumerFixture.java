package dev.partita.triggers;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.triggers.TriggerSettings.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of consumers share. */
abstract class TriggerConsumerFixture {
  static final TriggerSettings.Pace FAST =
      new TriggerSettings.Pace(Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofSeconds(5));

  @TempDir Path directory;

  final FakeStreams streams = new FakeStreams();
  final RecordingHandler handler = new RecordingHandler();

  @AfterEach
  void closeStreams() {
    streams.close();
  }

  Path checkpoint() {
    return directory.resolve("checkpoint");
  }

  TriggerSettings settings(Start start) {
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

  TriggerSettings settings() {
    return settings(Start.TRIM_HORIZON);
  }

  TriggerSettings with(TriggerSettings.Batching batching) {
    TriggerSettings usual = settings();
    return new TriggerSettings(
        usual.source(), usual.checkpoint(), batching, usual.failures(), usual.pace());
  }

  TriggerSettings with(TriggerSettings.Failures failures) {
    TriggerSettings usual = settings();
    return new TriggerSettings(
        usual.source(), usual.checkpoint(), usual.batching(), failures, usual.pace());
  }

  /** Inserts records into a shard; their sequence numbers. */
  List<String> fill(String shard, int count) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(streams.insert(shard, "key", i));
    }
    return numbers;
  }

  void awaitIteratorRequests(int count) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (streams.requests().stream().filter(target -> target.endsWith(".GetRecords")).count()
        < count) {
      assertTrue(System.nanoTime() < deadline, "no requests");
      Thread.sleep(5);
    }
  }

  String refusal(TriggerSettings settings) throws InterruptedException {
    try (RunningConsumer consumer = RunningConsumer.start(settings, handler)) {
      return String.valueOf(assertThrows(TriggerException.class, consumer::end).getMessage());
    }
  }
}
