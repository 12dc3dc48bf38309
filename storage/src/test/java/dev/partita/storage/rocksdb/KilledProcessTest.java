package dev.partita.storage.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a process that writes, several times over the same store. */
class KilledProcessTest {
  private static final int VALUE_BYTES = 30_000;

  @TempDir Path directory;

  @Test
  void everyAcknowledgedWriteIsThereAfterKills() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int acknowledged = -1;
    for (int kill = 0; kill < 3; kill++) {
      acknowledged = writeUntilKilled(acknowledged + 1, 50 + random.nextInt(400));
      try (OpenedStore opened = new OpenedStore(directory)) {
        for (int write = 0; write <= acknowledged; write++) {
          assertEquals(
              Integer.toString(write),
              opened.get("key" + write).strip(),
              "seed " + seed + " kill " + kill);
        }
      }
    }
  }

  /** Gives the last write that the process reported before it was killed. */
  private int writeUntilKilled(int first, int writes) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Writer.class.getName(),
                    directory.toString(),
                    Integer.toString(first)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int acknowledged = first - 1;
    try (BufferedReader reports = process.inputReader()) {
      for (String line = reports.readLine(); line != null; line = reports.readLine()) {
        acknowledged = Integer.parseInt(line);
        if (acknowledged == first + writes) {
          process.destroyForcibly();
        }
      }
    } catch (IOException e) {
      assertTrue(acknowledged >= first + writes, "the stream ended early: " + e);
    }
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    assertTrue(acknowledged >= first + writes, "the process ended by itself");
    return acknowledged;
  }

  /** Writes for ever, reporting each write once it is acknowledged. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      OpenedStore opened = new OpenedStore(Path.of(arguments[0]));
      for (int write = Integer.parseInt(arguments[1]); ; write++) {
        String value = Integer.toString(write);
        opened.put("key" + write, value + " ".repeat(VALUE_BYTES));
        System.out.println(write);
        System.out.flush();
      }
    }
  }
}
