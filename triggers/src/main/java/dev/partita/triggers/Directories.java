package dev.partita.triggers;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** What names of files need to survive a loss of power. */
final class Directories {
  private Directories() {}

  /** Forces the names in a directory to disk; does nothing where directories cannot be opened. */
  static void force(@Nullable Path directory) throws IOException {
    boolean windows = File.separatorChar == '\\';
    if (directory == null || windows) {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
