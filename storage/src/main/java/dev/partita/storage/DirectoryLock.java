package dev.partita.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process out of a data directory. The operating system releases the lock when its
 * process ends, however it ends. The file's text is the process id, for the message of the refused.
 */
final class DirectoryLock implements AutoCloseable {
  static final String FILE_NAME = "LOCK";

  /** Far behind the text, so that the text stays readable where locks are mandatory. */
  private static final long LOCKED_POSITION = Long.MAX_VALUE - 1;

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /** The lock of {@code directory}, or null if another process or this one holds it. */
  static @Nullable DirectoryLock tryAcquire(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock(LOCKED_POSITION, 1, false);
      // Whoever swept a left-over directory held this lock while it removed the file.
      if (lock == null || !Files.exists(directory.resolve(FILE_NAME))) {
        channel.close();
        return null;
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
      return new DirectoryLock(channel);
    } catch (OverlappingFileLockException e) {
      channel.close();
      return null;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** The process id in the lock file of {@code directory}, or null if it holds none. */
  static @Nullable Long holder(Path directory) {
    try {
      return Long.valueOf(Files.readString(directory.resolve(FILE_NAME)).strip());
    } catch (IOException | NumberFormatException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
