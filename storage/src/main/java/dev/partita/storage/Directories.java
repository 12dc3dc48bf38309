package dev.partita.storage;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Directories that survive power loss once created, and their removal. */
final class Directories {
  private static final boolean CAN_FORCE = File.separatorChar == '/';

  private Directories() {}

  /** Forces the entries of {@code directory} to disk. Windows offers no way and needs none. */
  static void force(Path directory) throws IOException {
    if (CAN_FORCE) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Forces the entry of {@code path} in the directory above it to disk. */
  static void forceParent(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      force(parent);
    }
  }

  /** Creates {@code directory} and what is missing above it, each forced into its parent. */
  static void createDurably(Path directory) throws IOException {
    List<Path> missing = new ArrayList<>();
    Path candidate = directory.toAbsolutePath().normalize();
    while (candidate != null && !Files.isDirectory(candidate)) {
      missing.add(candidate);
      candidate = candidate.getParent();
    }
    for (Path path : missing.reversed()) {
      Files.createDirectory(path);
      forceParent(path);
    }
  }

  /** Removes {@code directory} and everything below it; follows no links. */
  static void deleteTree(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** The names directly below {@code directory}, sorted. */
  static List<String> names(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        names.add(entry.getFileName().toString());
      }
    }
    names.sort(null);
    return names;
  }
}
