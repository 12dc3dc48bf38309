package dev.partita.conformance.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file system of its own, in memory, mounted for a test: a disk that fills for real. */
final class SmallDisk implements AutoCloseable {
  private static final long COMMAND_SECONDS_MAX = 20;
  private static final int CHUNK_BYTES = 64 << 10;

  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /**
   * Mounts a disk on {@code directory}, which is empty. Skips the test where that is not permitted;
   * where the environment says {@code CI=true} fails it.
   */
  static SmallDisk mount(Path directory, int mebibytes) {
    int status =
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", directory.toString());
    assertTrue(
        status == 0 || !"true".equals(System.getenv("CI")), "mounting a tmpfs must work in CI");
    assumeTrue(status == 0, "a full disk is tested where a tmpfs can be mounted (Linux, as root)");
    return new SmallDisk(directory);
  }

  Path directory() {
    return directory;
  }

  /** Writes a file until it has {@code bytesMax} bytes or the disk is full. */
  void fill(Path file, long bytesMax) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    try (OutputStream output = Files.newOutputStream(file)) {
      for (long bytes = 0; bytes < bytesMax; bytes += CHUNK_BYTES) {
        output.write(chunk);
      }
    } catch (IOException full) {
      assertTrue(full.toString().contains("No space left"), full::toString);
    }
  }

  /** The exit code; -1 if there is no such command. */
  private static int run(String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).inheritIO().start();
      assertTrue(process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS), String.join(" ", command));
      return process.exitValue();
    } catch (IOException thereIsNoSuchCommand) {
      return -1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    // Lazily: a server that a failing test left must not keep it.
    assertEquals(0, run("umount", "-l", directory.toString()), () -> "umount " + directory);
  }
}
