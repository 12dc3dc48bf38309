package dev.partita.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.partita.base.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {
  private static final Clock CLOCK =
      new Clock() {
        @Override
        public long wallMillis() {
          return Records.TIME.plusSeconds(5).toEpochMilli();
        }

        @Override
        public long monotonicNanos() {
          return 0;
        }
      };

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("dead.jsonl");
  }

  private void write(int from, int to, String cause) throws IOException {
    new DeadLetters(file(), CLOCK)
        .write(Records.batch(from, to), DeadLetters.Condition.RETRIES_EXHAUSTED, cause, 3);
  }

  @Test
  void aLineHasAllThatIsNeededToDeliverItByHand() throws IOException {
    write(1, 2, "HTTP 500: \"no\"\nway");
    assertEquals(
        "{\"requestContext\":{\"condition\":\"RetryAttemptsExhausted\","
            + "\"approximateInvokeCount\":3},\"responseContext\":{\"functionError\":"
            + "\"HTTP 500: \\\"no\\\"\\nway\"},\"version\":\"1.0\","
            + "\"timestamp\":\"2026-01-01T00:00:05Z\",\"DDBStreamBatchInfo\":{"
            + "\"shardId\":\"shard\",\"startSequenceNumber\":\"1\",\"endSequenceNumber\":\"2\","
            + "\"approximateArrivalOfFirstRecord\":\"2026-01-01T00:00:00Z\","
            + "\"approximateArrivalOfLastRecord\":\"2026-01-01T00:00:00Z\",\"batchSize\":2,"
            + "\"streamArn\":\"arn\"},\"payload\":{\"Records\":[{\"number\":1},{\"number\":2}]}}\n",
        Files.readString(file()));
  }

  @Test
  void linesAreAppendedAlsoAfterHalfALine() throws IOException {
    write(1, 1, "one");
    Files.writeString(file(), "{\"requestContext\":{\"cond", StandardOpenOption.APPEND);
    write(2, 2, "two");
    write(3, 3, "three");
    List<String> lines = Files.readAllLines(file());
    assertEquals(4, lines.size());
    assertEquals("{\"requestContext\":{\"cond", lines.get(1));
    assertEquals(
        List.of("1", "2", "3"),
        List.of(lines.get(0), lines.get(2), lines.get(3)).stream()
            .map(line -> line.replaceAll(".*\\{\"number\":(\\d)}.*", "$1"))
            .toList());
  }

  @Test
  void theFileMayBeMovedAway() throws IOException {
    write(1, 1, "one");
    Files.move(file(), directory.resolve("yesterday.jsonl"));
    write(2, 2, "two");
    assertEquals(1, Files.readAllLines(file()).size());
  }
}
