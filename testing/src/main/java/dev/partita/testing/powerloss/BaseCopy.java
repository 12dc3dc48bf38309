package dev.partita.testing.powerloss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A copy of a directory that remembers the inodes of what it copied, by which the journal names.
 */
final class BaseCopy {
  /** Lists inode and name of a directory's entries, the directory itself as ".". */
  static final String INODE_FILE = ".inodes";

  private BaseCopy() {}

  static void copy(Path directory, Path target) throws IOException {
    Files.createDirectories(target);
    List<String> inodes = new ArrayList<>();
    inodes.add(Files.getAttribute(directory, "unix:ino") + " .");
    try (var entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        inodes.add(Files.getAttribute(entry, "unix:ino") + " " + name);
        if (Files.isDirectory(entry)) {
          copy(entry, target.resolve(name));
        } else {
          Files.copy(entry, target.resolve(name));
        }
      }
    }
    Files.write(target.resolve(INODE_FILE), inodes);
  }
}
