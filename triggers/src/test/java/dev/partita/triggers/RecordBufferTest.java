package dev.partita.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is held, for how long, and how much of it. */
class RecordBufferTest {
  private static StreamRecord sized(int number, int bytes) {
    return Records.record(number, Records.TIME, "x".repeat(bytes));
  }

  private static List<Integer> sizes(RecordBuffer buffer) {
    List<Integer> sizes = new ArrayList<>();
    while (!buffer.isEmpty()) {
      List<StreamRecord> batch = buffer.take();
      StreamBatch event = new StreamBatch("arn", "shard", batch);
      assertTrue(batch.size() == 1 || event.eventJson().length <= 6 << 20);
      sizes.add(batch.size());
    }
    return sizes;
  }

  @Test
  void aBatchHasItsSizeAndNoEventMoreThanSixMegabytes() {
    RecordBuffer buffer = new RecordBuffer(10);
    for (int i = 0; i < 25; i++) {
      buffer.addAll(List.of(sized(i, 100)));
    }
    assertTrue(buffer.isFull());
    assertEquals(List.of(10, 10, 5), sizes(buffer));
    assertFalse(buffer.isFull());
    assertEquals(10, buffer.room());

    RecordBuffer large = new RecordBuffer(100);
    large.addAll(List.of(sized(1, 3 << 20), sized(2, (3 << 20) - 20), sized(3, 7 << 20)));
    assertTrue(large.isFull());
    assertEquals(List.of(2, 1), sizes(large));
    large.addAll(List.of(sized(1, 3 << 20), sized(2, 3 << 20)));
    assertEquals(List.of(1, 1), sizes(large));
  }

  @Test
  void memoryIsTakenForAPageAndKeptForItsRecords() throws InterruptedException {
    long page = 2L * StreamsClient.ANSWER_BYTES_MAX;
    RecordMemory memory = new RecordMemory(page + (4 << 20));
    List<StreamRecord> records = List.of(sized(1, 1 << 20), sized(2, 1 << 20));
    memory.awaitPage();
    assertFalse(memory.tryPage());
    memory.pageRead(records);
    assertTrue(memory.freeBytes() < page + (2 << 20), () -> Long.toString(memory.freeBytes()));
    assertTrue(memory.tryPage());
    memory.pageRead(records);
    assertFalse(memory.tryPage());
    memory.release(records);
    memory.release(records);
    assertEquals(page + (4 << 20), memory.freeBytes());
    assertTrue(new RecordMemory(1).tryPage());
  }

  @Test
  void waitsGrowUpToTheirLimit() {
    Duration first = Duration.ofMillis(10);
    Duration max = Duration.ofSeconds(1);
    Backoff shortest = new Backoff(first, max, () -> 0);
    Backoff longest = new Backoff(first, max, () -> -1);
    for (int attempt = 0; attempt < 100; attempt++) {
      long whole = attempt < 7 ? 10L << attempt : 1000;
      assertEquals(Duration.ofMillis(whole).dividedBy(2), shortest.next());
      Duration high = longest.next();
      assertTrue(high.compareTo(Duration.ofMillis(whole)) <= 0, high::toString);
      assertTrue(high.compareTo(Duration.ofMillis(whole).dividedBy(2)) >= 0, high::toString);
    }
    shortest.reset();
    assertEquals(Duration.ofMillis(5), shortest.next());
    assertEquals(1, shortest.attempts());
  }
}
