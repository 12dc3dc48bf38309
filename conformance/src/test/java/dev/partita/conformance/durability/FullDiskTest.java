package dev.partita.conformance.durability;

import static dev.partita.conformance.durability.TableClient.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.conformance.RawClient.Answer;
import dev.partita.conformance.ServerProcess;
import dev.partita.testing.reference.Json;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk fills, slowly through writes and at once through others. */
@Timeout(120)
class FullDiskTest {
  private static final String TABLE = "filling";
  private static final int DISK_MEBIBYTES = 288;
  private static final long BALLAST_BYTES = 64 << 20;
  private static final int BODY_BYTES = 225_000;
  private static final int PUTS_MAX = 4 * DISK_MEBIBYTES;
  private static final int REFUSALS_IN_A_ROW = 6;
  private static final long REFUSAL_PAUSE_MILLIS = 150;
  private static final long RECOVERY_MILLIS_MAX = 5_000;
  private static final String DISK_FULL =
      "503 ServiceUnavailable: The server takes no writes now: the disk is full";

  @TempDir Path mountPoint;
  private SmallDisk disk;
  private ServerProcess server;
  private TableClient client;

  @BeforeEach
  void startOnASmallDisk() {
    disk = SmallDisk.mount(mountPoint, DISK_MEBIBYTES);
    startServer();
    succeeded(client.createTable(TABLE));
  }

  @AfterEach
  void unmount() {
    // JUnit calls this after an aborted setup too.
    if (server != null) {
      client.close();
      server.close();
    }
    if (disk != null) {
      disk.close();
    }
  }

  private void startServer() {
    server = ServerProcess.start(disk.directory().resolve("data"), "--replication-groups", "1");
    client = new TableClient(server.address());
  }

  /** A body that cannot be compressed, but for what base64 wastes. */
  private static Json.ObjectOf item(int number) {
    byte[] bytes = new byte[BODY_BYTES];
    new SplittableRandom(number).nextBytes(bytes);
    return VersionedItem.key("key" + number)
        .with("body", Json.object("S", Json.text(Base64.getEncoder().encodeToString(bytes))));
  }

  private void assertThere(List<Integer> numbers) {
    for (int number : numbers) {
      Answer answer = succeeded(client.get(TABLE, "key" + number));
      assertEquals(item(number), TableClient.object(answer.json(), "Item"));
    }
  }

  /**
   * Puts items until they are refused for good: a flush that was under way when the first was
   * refused frees its part of the log. The numbers of those that were not refused.
   */
  private List<Integer> putUntilRefused() throws InterruptedException {
    List<Integer> acknowledged = new ArrayList<>();
    int refusedInARow = 0;
    for (int number = 0; refusedInARow < REFUSALS_IN_A_ROW; number++) {
      assertTrue(number < PUTS_MAX, "the disk does not fill");
      Answer answer = client.put(TABLE, item(number));
      if (answer.status() == 200) {
        acknowledged.add(number);
        refusedInARow = 0;
      } else {
        assertEquals(DISK_FULL, answer.error());
        refusedInARow++;
        TimeUnit.MILLISECONDS.sleep(REFUSAL_PAUSE_MILLIS);
      }
    }
    return acknowledged;
  }

  private void awaitWritable(int number) throws InterruptedException {
    Answer answer = client.put(TABLE, item(number));
    for (long waited = 0; answer.status() != 200 && waited < RECOVERY_MILLIS_MAX; waited += 50) {
      TimeUnit.MILLISECONDS.sleep(50);
      answer = client.put(TABLE, item(number));
    }
    succeeded(answer);
  }

  @Test
  void writesAreRefusedBeforeTheDiskIsFullAndTakenAgainWhenThereIsSpace() throws Exception {
    Path ballast = mountPoint.resolve("ballast");
    disk.fill(ballast, BALLAST_BYTES);
    List<Integer> acknowledged = putUntilRefused();
    assertTrue(acknowledged.size() > 50, "refused after " + acknowledged.size());
    assertEquals(DISK_FULL, client.delete(TABLE, "key0").error());
    assertEquals(DISK_FULL, client.update(TABLE, "key0", 1).error());
    assertEquals(
        "503 ServiceUnavailable: Tables cannot be changed now: the disk is full",
        client.createTable("another").error());
    assertThere(acknowledged);
    assertEquals(acknowledged.size(), client.scan(TABLE).size());
    Files.delete(ballast);
    awaitWritable(1_000_000);
    acknowledged.add(1_000_000);
    succeeded(client.createTable("another"));
    assertEquals(0, server.terminate());
    client.close();
    startServer();
    assertThere(acknowledged);
    assertEquals(acknowledged.size(), client.scan(TABLE).size());
    assertTrue(client.settledTable("another").isPresent());
  }

  /**
   * Another program takes the last byte while the server writes: it may refuse, not know, or halt,
   * but what it acknowledged stays.
   */
  @Test
  void nothingIsLostWhenOthersTakeTheLastByte() throws Exception {
    List<Integer> acknowledged = new ArrayList<>();
    Path filler = mountPoint.resolve("filler");
    Thread other =
        Thread.ofPlatform()
            .start(() -> {
              try {
                TimeUnit.MILLISECONDS.sleep(200);
                disk.fill(filler, Long.MAX_VALUE / 2);
              } catch (Exception failed) {
                throw new IllegalStateException(failed);
              }
            });
    int refused = 0;
    for (int number = 0; number < PUTS_MAX && refused < 20; number++) {
      try {
        Answer answer = client.put(TABLE, item(number));
        if (answer.status() == 200) {
          acknowledged.add(number);
        } else {
          assertTrue(answer.status() >= 500, answer::error);
          refused++;
        }
      } catch (UncheckedIOException halted) {
        assertEquals(70, server.awaitExit());
        break;
      }
    }
    other.join();
    if (server.isAlive()) {
      assertThere(acknowledged);
      server.terminate();
    }
    Files.delete(filler);
    client.close();
    startServer();
    assertThere(acknowledged);
    Map<String, Json.ObjectOf> items = client.scan(TABLE);
    assertTrue(items.size() >= acknowledged.size());
    items.forEach(
        (key, found) -> assertEquals(item(Integer.parseInt(key.substring("key".length()))), found));
    awaitWritable(1_000_000);
  }
}
