package dev.partita.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real commands. */
@Timeout(60)
class CommandTargetTest {
  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private CommandTarget shell(boolean reports, String script) {
    return new CommandTarget(List.of("sh", "-c", script), reports, out, err);
  }

  private static String text(ByteArrayOutputStream output) {
    return output.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theEventIsOnItsStandardInput() throws Exception {
    Path file = directory.resolve("event.json");
    StreamBatch batch = Records.batch(1, 3);
    assertEquals(
        new DeliveryOutcome.Delivered(),
        shell(false, "cat > " + file + "; echo done; echo noted >&2").handle(batch));
    assertEquals(
        "{\"Records\":[{\"number\":1},{\"number\":2},{\"number\":3}]}", Files.readString(file));
    assertEquals("done\n", text(out));
    assertEquals("noted\n", text(err));
  }

  @Test
  void theEndOfWhatAFailingCommandPrintsIsTheCause() throws Exception {
    DeliveryOutcome outcome =
        shell(false, "head -c 100000 /dev/zero | tr '\\0' x; echo; echo it is full >&2; exit 3")
            .handle(Records.batch(1, 1));
    String cause = assertInstanceOf(DeliveryOutcome.Failed.class, outcome).cause();
    assertTrue(cause.startsWith("sh ended with 3: ..."), cause);
    assertTrue(cause.endsWith("xxx\nit is full"), cause);
    assertTrue(cause.length() < 2100, () -> Integer.toString(cause.length()));
    assertEquals(100_001, out.size());
  }

  @Test
  void aCommandNeedNotReadItsInput() throws Exception {
    StreamBatch large =
        new StreamBatch(
            "arn",
            "shard",
            List.of(Records.record(1, Instant.EPOCH, "{\"x\":\"" + "x".repeat(3_000_000) + "\"}")));
    assertEquals(new DeliveryOutcome.Delivered(), shell(false, "exit 0").handle(large));
    assertInstanceOf(DeliveryOutcome.Failed.class, shell(false, "exit 1").handle(large));
    assertEquals(
        new DeliveryOutcome.Delivered(), shell(false, "test $(wc -c) = 3000022").handle(large));
  }

  @Test
  void itsOutputSaysWhichRecordsFailed() throws Exception {
    String answer = "{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}";
    assertEquals(
        new DeliveryOutcome.PartlyFailed(Set.of("2")),
        shell(true, "echo '" + answer + "'").handle(Records.batch(1, 3)));
    assertEquals(new DeliveryOutcome.Delivered(), shell(true, "true").handle(Records.batch(1, 3)));
    assertInstanceOf(
        DeliveryOutcome.Failed.class, shell(true, "echo done").handle(Records.batch(1, 3)));
    assertInstanceOf(
        DeliveryOutcome.Failed.class,
        shell(true, "head -c 3000000 /dev/zero | tr '\\0' ' '").handle(Records.batch(1, 3)));
    assertEquals("", text(out));
  }

  @Test
  void aCommandWhoseTimeIsOverIsEndedWithItsChildren() throws Exception {
    Path started = directory.resolve("started");
    Path survived = directory.resolve("survived");
    CommandTarget target =
        shell(false, "sh -c 'echo $$ > " + started + "; sleep 5; touch " + survived + "'; true");
    DeliveryOutcome outcome =
        new TimedDelivery(target, Duration.ofSeconds(1)).deliver(Records.batch(1, 1));
    assertEquals(new DeliveryOutcome.Failed("no answer within 1000 ms"), outcome);
    long pid = Long.parseLong(Files.readString(started).strip());
    long deadline = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    while (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
      assertTrue(System.nanoTime() < deadline, "the child runs on");
      Thread.sleep(20);
    }
    assertFalse(Files.exists(survived));
  }

  @Test
  void aChildThatStaysBehindIsNotWaitedFor() throws Exception {
    long start = System.nanoTime();
    assertEquals(
        new DeliveryOutcome.Delivered(),
        shell(false, "sleep 20 & echo started").handle(Records.batch(1, 1)));
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(15).toNanos());
    assertEquals("started\n", text(out));
  }

  @Test
  void aProgramThatIsNotThereIsAFailure() throws Exception {
    CommandTarget target =
        new CommandTarget(List.of(directory.resolve("none").toString()), false, out, err);
    DeliveryOutcome outcome =
        new TimedDelivery(target, Duration.ofSeconds(5)).deliver(Records.batch(1, 1));
    String cause = assertInstanceOf(DeliveryOutcome.Failed.class, outcome).cause();
    assertTrue(cause.contains("none"), cause);
  }
}
