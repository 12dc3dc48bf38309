package dev.partita.storage;

import dev.partita.base.Invariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of a node: a lock against a second server, the format version, and one directory
 * per replication group and generation. Layout and file formats: {@code docs/file-formats.md}.
 *
 * <p>A group's generation is replaced as a whole: build the next one in {@link
 * #nextGenerationDirectory}, then {@link #switchToNextGeneration}. Thread-safe.
 */
public final class DataDirectory implements AutoCloseable {
  /** The newest format of data directories that this version reads and the one it writes. */
  public static final int FORMAT_VERSION = 1;

  private static final Logger LOGGER = LoggerFactory.getLogger(DataDirectory.class);
  private static final String VERSION_FILE = "VERSION";
  private static final String CURRENT_FILE = "CURRENT";
  private static final String GROUPS = "groups";
  private static final String MEMORY_PREFIX = "partita-memory-";
  private static final Pattern VERSION_LINE =
      Pattern.compile("partita-data-directory format=(\\d{1,9})");
  private static final Pattern CURRENT_LINE = Pattern.compile("generation=(\\d{1,18})");
  private static final int MEMORY_ATTEMPTS = 10;

  private final Path path;
  private final DirectoryLock lock;
  private final @Nullable Thread removalAtExit;
  private boolean closed;

  private DataDirectory(Path path, DirectoryLock lock, @Nullable Thread removalAtExit) {
    this.path = path;
    this.lock = lock;
    this.removalAtExit = removalAtExit;
  }

  /**
   * Opens {@code directory}, creating it if it is missing or empty, and locks it.
   *
   * @throws DataDirectoryException if another server uses it, its format is newer than {@link
   *     #FORMAT_VERSION}, it holds something else, or it cannot be written
   * @throws DamagedFileException if its VERSION file is damaged
   */
  public static DataDirectory open(Path directory) {
    Path path = directory.toAbsolutePath().normalize();
    DirectoryLock lock = null;
    try {
      Directories.createDurably(path);
      lock = DirectoryLock.tryAcquire(path);
      if (lock == null) {
        throw new DataDirectoryException(inUse(path), null);
      }
      checkOrCreateVersion(path);
      return new DataDirectory(path, lock, null);
    } catch (IOException e) {
      release(lock, e);
      throw unusable(path, e);
    } catch (StorageException e) {
      release(lock, e);
      throw e;
    }
  }

  /**
   * A fresh directory below the machine's temporary directory for a node that keeps nothing:
   * removed at close, at the latest at the end of the process, or, if the process was killed, by
   * the next such node.
   */
  public static DataDirectory openInMemoryMode() {
    return openInMemoryMode(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** As {@link #openInMemoryMode()}, below {@code temporary}. */
  static DataDirectory openInMemoryMode(Path temporary) {
    removeLeftOvers(temporary);
    try {
      for (int attempt = 0; attempt < MEMORY_ATTEMPTS; attempt++) {
        Path path = temporary.resolve(MEMORY_PREFIX + UUID.randomUUID()).toAbsolutePath();
        Files.createDirectory(path);
        DirectoryLock lock = DirectoryLock.tryAcquire(path);
        if (lock != null) {
          checkOrCreateVersion(path);
          Thread removal = new Thread(() -> removeQuietly(path), "remove-memory-directory");
          Runtime.getRuntime().addShutdownHook(removal);
          return new DataDirectory(path, lock, removal);
        }
      }
    } catch (IOException e) {
      throw unusable(temporary, e);
    }
    throw new DataDirectoryException("no temporary directory could be made in " + temporary, null);
  }

  /** The absolute path of this directory. */
  public Path path() {
    return path;
  }

  /** Whether this directory is removed at close. */
  public boolean isInMemoryMode() {
    return removalAtExit != null;
  }

  /** The groups that have a directory, in ascending order. */
  public synchronized List<Integer> replicationGroupIds() {
    checkOpen();
    List<Integer> ids = new ArrayList<>();
    try {
      if (Files.isDirectory(path.resolve(GROUPS))) {
        for (String name : Directories.names(path.resolve(GROUPS))) {
          if (name.matches("\\d{1,9}") && Files.exists(currentFile(Integer.parseInt(name)))) {
            ids.add(Integer.parseInt(name));
          }
        }
      }
    } catch (IOException e) {
      throw unusable(path, e);
    }
    ids.sort(null);
    return ids;
  }

  /**
   * The directory of the group's present generation, created (generation 1) for a new group.
   * Removes other generations, which an interrupted switch may have left.
   *
   * @throws DamagedFileException if the group's CURRENT file is damaged or missing
   */
  public synchronized Path groupDirectory(int replicationGroupId) {
    checkOpen();
    Invariant.check(replicationGroupId >= 0, "group id is negative", "id", replicationGroupId);
    Path group = groupPath(replicationGroupId);
    try {
      Path current = currentFile(replicationGroupId);
      if (!Files.exists(current)) {
        checkHoldsNothing(group, current);
        Directories.createDurably(group.resolve("1"));
        ChecksummedFile.write(current, "generation=1");
      }
      long generation = readGeneration(current);
      removeOtherGenerations(group, generation);
      Path directory = group.resolve(Long.toString(generation));
      if (!Files.isDirectory(directory)) {
        throw new DamagedFileException(
            current.toString(), 0, "names generation " + generation + ", which is missing", null);
      }
      return directory;
    } catch (IOException e) {
      throw unusable(group, e);
    }
  }

  /**
   * The path, not yet existing, where the group's next generation is to be built. Whatever an
   * earlier attempt left there is removed.
   */
  public synchronized Path nextGenerationDirectory(int replicationGroupId) {
    checkOpen();
    try {
      long next = readGeneration(currentFile(replicationGroupId)) + 1;
      Path directory = groupPath(replicationGroupId).resolve(Long.toString(next));
      Directories.deleteTree(directory);
      return directory;
    } catch (IOException e) {
      throw unusable(groupPath(replicationGroupId), e);
    }
  }

  /**
   * Makes the directory from {@link #nextGenerationDirectory} the present one, durably and
   * atomically. Its files must have been forced to disk. The generation before stays until {@link
   * #groupDirectory} is called.
   */
  public synchronized void switchToNextGeneration(int replicationGroupId) {
    checkOpen();
    Path group = groupPath(replicationGroupId);
    try {
      long next = readGeneration(currentFile(replicationGroupId)) + 1;
      Path directory = group.resolve(Long.toString(next));
      Invariant.check(Files.isDirectory(directory), "next generation was not built", "id", next);
      Directories.force(directory);
      Directories.force(group);
      ChecksummedFile.write(currentFile(replicationGroupId), "generation=" + next);
    } catch (IOException e) {
      throw unusable(group, e);
    }
  }

  /** Releases the lock; in memory mode removes the directory. Close the stores first. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (removalAtExit != null) {
      removeQuietly(path);
      try {
        Runtime.getRuntime().removeShutdownHook(removalAtExit);
      } catch (IllegalStateException e) {
        LOGGER.debug("the process is ending, its hook removes {} again", path);
      }
    }
    try {
      lock.close();
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new StoreClosedException("data directory " + path + " is closed");
    }
  }

  private Path groupPath(int replicationGroupId) {
    return path.resolve(GROUPS).resolve(Integer.toString(replicationGroupId));
  }

  private Path currentFile(int replicationGroupId) {
    return groupPath(replicationGroupId).resolve(CURRENT_FILE);
  }

  private static void checkOrCreateVersion(Path path) throws IOException {
    Path file = path.resolve(VERSION_FILE);
    if (!Files.exists(file)) {
      for (String name : Directories.names(path)) {
        if (!name.equals(DirectoryLock.FILE_NAME)
            && !name.equals(VERSION_FILE + ".new")
            && !name.equals("lost+found")) {
          throw new DataDirectoryException(
              "directory " + path + " holds " + name + " but no VERSION: not a data directory",
              null);
        }
      }
      ChecksummedFile.write(file, "partita-data-directory format=" + FORMAT_VERSION);
      return;
    }
    Matcher matcher = VERSION_LINE.matcher(ChecksummedFile.read(file));
    if (!matcher.matches()) {
      throw new DataDirectoryException(
          "directory " + path + " has a VERSION of unknown form", null);
    }
    int format = Integer.parseInt(matcher.group(1));
    if (format > FORMAT_VERSION) {
      throw new DataDirectoryException(
          "directory %s has format %d, written by a newer version; this one reads up to %d"
              .formatted(path, format, FORMAT_VERSION),
          null);
    }
  }

  private static long readGeneration(Path current) throws IOException {
    Matcher matcher = CURRENT_LINE.matcher(ChecksummedFile.read(current));
    if (!matcher.matches()) {
      throw new DamagedFileException(current.toString(), 0, "names no generation", null);
    }
    return Long.parseLong(matcher.group(1));
  }

  /** A group without CURRENT is new, unless it holds data: then starting empty would lose it. */
  private static void checkHoldsNothing(Path group, Path current) throws IOException {
    if (!Files.isDirectory(group)) {
      return;
    }
    for (String name : Directories.names(group)) {
      Path entry = group.resolve(name);
      if (Files.isDirectory(entry) && !Directories.names(entry).isEmpty()) {
        throw new DamagedFileException(
            current.toString(), 0, "is missing although " + entry + " holds data", null);
      }
    }
  }

  private static void removeOtherGenerations(Path group, long generation) throws IOException {
    for (String name : Directories.names(group)) {
      if (name.matches("\\d{1,18}") && Long.parseLong(name) != generation) {
        LOGGER.info("removing generation {} of {}, the present one is {}", name, group, generation);
        Directories.deleteTree(group.resolve(name));
      }
    }
  }

  private static void removeLeftOvers(Path temporary) {
    try (var entries = Files.newDirectoryStream(temporary, MEMORY_PREFIX + "*")) {
      for (Path entry : entries) {
        if (Files.exists(entry.resolve(DirectoryLock.FILE_NAME))) {
          removeLeftOver(entry);
        }
      }
    } catch (IOException e) {
      LOGGER.warn("left-over directories in {} were not removed: {}", temporary, e.toString());
    }
  }

  private static void removeLeftOver(Path entry) throws IOException {
    try (DirectoryLock lock = DirectoryLock.tryAcquire(entry)) {
      if (lock != null) {
        LOGGER.info("removing {}, left over by a node in memory mode that was killed", entry);
        Directories.deleteTree(entry);
      }
    }
  }

  private static void removeQuietly(Path path) {
    try {
      Directories.deleteTree(path);
    } catch (IOException e) {
      LOGGER.warn("{} was not removed: {}", path, e.toString());
    }
  }

  private static void release(@Nullable DirectoryLock lock, Exception failure) {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private static String inUse(Path path) {
    Long holder = DirectoryLock.holder(path);
    return "directory "
        + path
        + " is in use by "
        + (holder == null ? "another server" : "process " + holder);
  }

  private static DataDirectoryException unusable(Path path, IOException cause) {
    return new DataDirectoryException("directory " + path + " cannot be used: " + cause, cause);
  }
}
