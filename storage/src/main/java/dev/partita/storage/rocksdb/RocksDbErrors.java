package dev.partita.storage.rocksdb;

import dev.partita.storage.DamagedFileException;
import dev.partita.storage.NoSpaceException;
import dev.partita.storage.StorageException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Says in the words of {@code dev.partita.storage} what RocksDB reports. */
final class RocksDbErrors {
  private static final Pattern FILE_NAME =
      Pattern.compile("(\\d{6,}\\.(?:sst|log|blob)|MANIFEST-\\d{6,}|CURRENT|OPTIONS-\\d{6,})");
  private static final Pattern POSITION = Pattern.compile("offset (\\d{1,18})");

  private RocksDbErrors() {}

  /** The exception for {@code failure} of the store in {@code directory}. */
  static StorageException translate(Path directory, RocksDBException failure) {
    Status status = failure.getStatus();
    String message = String.valueOf(failure.getMessage());
    if (isCorruption(status, message)) {
      return damaged(directory, message, failure);
    }
    if (status != null && status.getSubCode() == Status.SubCode.NoSpace) {
      return new NoSpaceException("no space left for store " + directory, failure);
    }
    return new StorageException("store " + directory + " failed: " + message, failure);
  }

  /** Whether {@code failure} says that a read limited to the cache needs the disk. */
  static boolean isNotCached(RocksDBException failure) {
    Status status = failure.getStatus();
    return status != null && status.getCode() == Status.Code.Incomplete;
  }

  private static boolean isCorruption(@Nullable Status status, String message) {
    // At open a missing or shortened file is reported as an I/O error or without a status.
    return (status != null && status.getCode() == Status.Code.Corruption)
        || message.startsWith("Corruption:")
        || message.contains("No such file or directory");
  }

  private static DamagedFileException damaged(
      Path directory, String message, RocksDBException cause) {
    Matcher file = FILE_NAME.matcher(message);
    Matcher position = POSITION.matcher(message);
    return new DamagedFileException(
        file.find() ? directory.resolve(file.group(1)).toString() : "unknown of " + directory,
        position.find() ? Long.parseLong(position.group(1)) : DamagedFileException.UNKNOWN_POSITION,
        message,
        cause);
  }
}
