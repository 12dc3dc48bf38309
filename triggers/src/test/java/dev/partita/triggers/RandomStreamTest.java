package dev.partita.triggers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream that splits, answers with errors and forgets iterators, a handler that fails, and
 * consumers that come and go: every change comes at least once, and those of one item in order.
 */
class RandomStreamTest {
  private static final int ITEMS = 20;
  private static final Pattern VALUE =
      Pattern.compile("\"Keys\":\\{\"p\":\\{\"S\":\"(\\w+)\"}}.*\"value\":\\{\"N\":\"(\\d+)\"}");

  @TempDir private Path directory;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final FakeStreams streams = new FakeStreams();

  /** The open shards and the items that lie in each; a split divides them. */
  private final Map<String, List<String>> open = new TreeMap<>();

  private final Map<String, Integer> values = new HashMap<>();
  private int shards;

  private String newShard() {
    return "shard-" + shards++;
  }

  private void write() {
    List<String> ids = List.copyOf(open.keySet());
    String shard = ids.get(random.nextInt(ids.size()));
    List<String> items = open.getOrDefault(shard, List.of());
    if (items.isEmpty()) {
      return;
    }
    String item = items.get(random.nextInt(items.size()));
    streams.insert(shard, item, values.merge(item, 1, Integer::sum));
  }

  private void split() {
    List<String> ids = List.copyOf(open.keySet());
    String parent = ids.get(random.nextInt(ids.size()));
    List<String> items = open.getOrDefault(parent, List.of());
    int cut = random.nextInt(items.size() + 1);
    String left = newShard();
    String right = newShard();
    streams.split(parent, left, right);
    open.remove(parent);
    open.put(left, items.subList(0, cut));
    open.put(right, items.subList(cut, items.size()));
  }

  private void disturb() {
    switch (random.nextInt(8)) {
      case 0 -> streams.expireIterators();
      case 1 -> streams.fail("GetRecords", 2, 400, "ProvisionedThroughputExceededException");
      case 2 -> streams.fail("GetShardIterator", 1, 500, "InternalServerError");
      case 3 -> streams.fail("DescribeStream", 1, 400, "ThrottlingException");
      case 4 -> streams.fail("GetRecords", 1, 0, "");
      case 5, 6 -> split();
      default -> {}
    }
  }

  private TriggerSettings settings() {
    return new TriggerSettings(
        new TriggerSettings.Source(
            streams.endpoint(),
            "us-east-1",
            Optional.empty(),
            new TriggerSettings.StreamName.Arn(FakeStreams.ARN),
            TriggerSettings.Start.TRIM_HORIZON),
        directory.resolve("checkpoint"),
        new TriggerSettings.Batching(
            1 + random.nextInt(20),
            Duration.ofMillis(random.nextInt(20)),
            EnumSet.allOf(EventName.class)),
        new TriggerSettings.Failures(
            OptionalInt.empty(),
            Optional.empty(),
            random.nextBoolean(),
            Duration.ofSeconds(10),
            Optional.empty()),
        new TriggerSettings.Pace(
            Duration.ofMillis(2), Duration.ofMillis(20), Duration.ofMillis(random.nextInt(20))));
  }

  @RepeatedTest(3)
  void everyChangeComesInOrder() throws Exception {
    open.put(newShard(), new ArrayList<>());
    for (int item = 0; item < ITEMS; item++) {
      open.values().iterator().next().add("item" + item);
    }
    streams.shard("shard-0", null);
    RecordingHandler handler = new RecordingHandler();
    Random failures = new Random(seed + 1);
    handler.behave(batch -> {
      synchronized (failures) {
        return failures.nextInt(30) == 0
            ? new DeliveryOutcome.Failed("by chance")
            : new DeliveryOutcome.Delivered();
      }
    });
    try (streams) {
      for (int run = 0; run < 5; run++) {
        try (RunningConsumer consumer = RunningConsumer.start(settings(), handler)) {
          for (int step = 0; step < 40; step++) {
            for (int i = random.nextInt(20); i > 0; i--) {
              write();
            }
            if (step % 10 == 0) {
              disturb();
            }
            Thread.sleep(random.nextInt(8));
          }
          consumer.stop();
          assertEquals(TriggerConsumer.End.STOPPED, consumer.end(), "seed " + seed);
        }
      }
      streams.disable();
      try (RunningConsumer last = RunningConsumer.start(settings(), handler)) {
        assertEquals(TriggerConsumer.End.STREAM_ENDED, last.end(), "seed " + seed);
      }
    }
    assertInOrder(handler.batches());
  }

  /**
   * The changes of an item are numbered from 1. A delivery may repeat some, but never skips one:
   * the next is at most one more than the highest so far.
   */
  private void assertInOrder(List<StreamBatch> batches) {
    Map<String, Integer> highest = new HashMap<>();
    for (StreamBatch batch : batches) {
      Map<String, Integer> inBatch = new HashMap<>();
      for (StreamRecord record : batch.records()) {
        Matcher match = VALUE.matcher(new String(record.json().array(), UTF_8));
        assertTrue(match.find(), record::toString);
        int value = Integer.parseInt(match.group(2));
        String item = match.group(1);
        int before = highest.getOrDefault(item, 0);
        assertTrue(value <= before + 1, () -> item + " skips to " + value + ", seed " + seed);
        Integer previous = inBatch.put(item, value);
        assertTrue(
            previous == null || value == previous + 1,
            () -> item + " goes from " + previous + " to " + value + ", seed " + seed);
        highest.put(item, Math.max(before, value));
      }
    }
    assertEquals(values, highest, "seed " + seed);
  }
}
