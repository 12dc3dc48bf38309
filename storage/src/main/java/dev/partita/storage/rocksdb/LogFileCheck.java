package dev.partita.storage.rocksdb;

import dev.partita.storage.DamagedFileException;
import dev.partita.storage.StorageException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a damaged log from a torn one before RocksDB opens the store, because RocksDB alone can
 * take a flipped bit for the torn end of the log and silently drop every write behind it.
 *
 * <p>A record that does not check (checksum, length, order of fragments, sequence number) is
 *
 * <ul>
 *   <li><b>damage</b> if a later write begins behind it, in the same file or a later one: each
 *       write was forced to disk before the next began, so it had been there whole. Or if nothing
 *       of it is missing, which {@link LogFile#isDamageForCertain} tells. Refused with the file and
 *       the byte position at which the record, or its damaged fragment, begins;
 *   <li><b>torn</b> otherwise: the write that was in flight when the machine or process stopped.
 *       Cut off and reported at INFO, so that it can never be mistaken later.
 * </ul>
 *
 * <p>What cannot be told apart: the last write of the last log file looks torn if the file was cut
 * short inside or right before it, if sectors of it were overwritten with zeros, or if its length
 * and other bytes are damaged together; also if one bit of it is damaged and it happens to carry a
 * whole sector of zeros. Then one acknowledged write set, exactly the last, is dropped. With {@code
 * Durability.ASYNC} writes were not forced one by one: after power loss a hole before a later write
 * is possible and is refused as damage.
 *
 * <p>A torn write that carries, inside a value, a whole log record of this very store with a
 * sequence number that would fit is refused too; nothing is lost then.
 */
final class LogFileCheck {
  private static final Logger LOGGER = LoggerFactory.getLogger(LogFileCheck.class);
  private static final String LOG_SUFFIX = ".log";

  /** Sequence number (8 bytes) and count (4) of a write batch. */
  private static final int BATCH_HEADER_BYTES = 12;

  private static final long UNKNOWN = -1;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final Path path;
  private final LogFile file;
  private final boolean holdsBatches;

  /** The sequence number that the next record must carry, or {@link #UNKNOWN}. */
  private long nextSequence;

  private final byte[] batchHeader = new byte[BATCH_HEADER_BYTES];
  private int batchHeaderLength;

  /** Where the record that is being read begins, or {@link #UNKNOWN} between records. */
  private long recordStart = UNKNOWN;

  private String finding = "";

  /** Whether what was found is damage whatever follows: no torn write looks like it. */
  private boolean certainlyDamaged;

  private LogFileCheck(Path path, LogFile file, boolean holdsBatches, long nextSequence) {
    this.path = path;
    this.file = file;
    this.holdsBatches = holdsBatches;
    this.nextSequence = nextSequence;
  }

  /**
   * Checks the MANIFEST and the write-ahead logs of the store in {@code directory}, which may be
   * missing or empty.
   *
   * @throws DamagedFileException naming the file and the byte at which a damaged record begins
   */
  static void checkStore(Path directory) {
    try {
      checkManifest(directory);
      List<Path> logs = logs(directory);
      long nextSequence = UNKNOWN;
      for (int index = 0; index < logs.size(); index++) {
        List<Path> later = logs.subList(index + 1, logs.size());
        nextSequence = checkLog(logs.get(index), later, nextSequence);
      }
    } catch (IOException e) {
      throw new StorageException("store " + directory + " cannot be read: " + e, e);
    }
  }

  private static void checkManifest(Path directory) throws IOException {
    Path current = directory.resolve("CURRENT");
    if (!Files.exists(current)) {
      refuseIfHoldsData(directory, current);
      return;
    }
    String name = new String(Files.readAllBytes(current), StandardCharsets.ISO_8859_1).strip();
    if (!name.matches("MANIFEST-\\d+")) {
      throw new DamagedFileException(current.toString(), 0, "does not name a MANIFEST", null);
    }
    Path manifest = directory.resolve(name);
    if (!Files.exists(manifest)) {
      throw new DamagedFileException(manifest.toString(), 0, "is missing", null);
    }
    try (LogFile file = new LogFile(manifest)) {
      LogFileCheck check = new LogFileCheck(manifest, file, false, UNKNOWN);
      long bad = check.firstBadRecord();
      if (bad != UNKNOWN) {
        check.refuseIfWriteFollows(bad);
      }
    }
  }

  /** RocksDB takes a directory without CURRENT for a new store and would delete what is there. */
  private static void refuseIfHoldsData(Path directory, Path current) throws IOException {
    if (Files.isDirectory(directory)) {
      try (var entries = Files.newDirectoryStream(directory, "*.{sst,log}")) {
        for (Path entry : entries) {
          throw new DamagedFileException(
              current.toString(), 0, "is missing although " + entry + " exists", null);
        }
      }
    }
  }

  /** Gives the sequence number that the first record of the next log must carry. */
  private static long checkLog(Path path, List<Path> laterLogs, long nextSequence)
      throws IOException {
    long end;
    LogFileCheck check;
    try (LogFile file = new LogFile(path)) {
      check = new LogFileCheck(path, file, true, nextSequence);
      long bad = check.firstBadRecord();
      if (bad == UNKNOWN) {
        return check.nextSequence;
      }
      check.refuseIfWriteFollows(bad);
      for (Path later : laterLogs) {
        check.refuseIfHoldsWrite(bad, later);
      }
      end = check.recordStart == UNKNOWN ? bad : check.recordStart;
      LOGGER.info(
          "{}: the last write was torn ({}), cutting off {} bytes from byte {} on",
          path,
          check.finding,
          file.size() - end,
          end);
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(end);
      channel.force(true);
    }
    return check.nextSequence;
  }

  private static List<Path> logs(Path directory) throws IOException {
    List<Path> logs = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (var entries = Files.newDirectoryStream(directory, "*" + LOG_SUFFIX)) {
        for (Path entry : entries) {
          if (entry.getFileName().toString().matches("\\d+\\" + LOG_SUFFIX)) {
            logs.add(entry);
          }
        }
      }
    }
    logs.sort(Comparator.comparingLong(LogFileCheck::number));
    return logs;
  }

  private static long number(Path log) {
    String name = log.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - LOG_SUFFIX.length()));
  }

  /** Reads the whole file; gives where the first bad fragment begins, or {@link #UNKNOWN}. */
  private long firstBadRecord() throws IOException {
    for (long block = 0; block < file.blockCount(); block++) {
      int length = file.readBlock(block);
      int offset = 0;
      while (length - offset >= LogFile.HEADER_BYTES) {
        long position = block * LogFile.BLOCK_BYTES + offset;
        if (!file.isFragment(offset)) {
          finding = "a record does not match its checksum";
          certainlyDamaged = file.isDamageForCertain(offset);
          return position;
        }
        if (!accept(position, offset)) {
          certainlyDamaged = true;
          return position;
        }
        offset += LogFile.HEADER_BYTES + file.length(offset);
      }
      if (offset < length && length < LogFile.BLOCK_BYTES) {
        finding = "the file ends inside a record's header";
        return block * LogFile.BLOCK_BYTES + offset;
      }
    }
    if (recordStart != UNKNOWN) {
      finding = "the file ends inside a record";
      return file.size();
    }
    return UNKNOWN;
  }

  /**
   * Follows the order of fragments and sequence numbers; false if this one does not belong here.
   */
  private boolean accept(long position, int offset) {
    int type = file.type(offset);
    switch (type) {
      case LogFile.FULL, LogFile.FIRST -> {
        if (recordStart != UNKNOWN) {
          finding = "a record lacks its end";
          return false;
        }
        batchHeaderLength = 0;
        recordStart = position;
      }
      case LogFile.MIDDLE, LogFile.LAST -> {
        if (recordStart == UNKNOWN) {
          finding = "a record lacks its beginning";
          return false;
        }
      }
      default -> {
        return true; // A note of RocksDB about the log, not a write.
      }
    }
    batchHeaderLength +=
        file.copyPayload(
            offset, batchHeader, batchHeaderLength, BATCH_HEADER_BYTES - batchHeaderLength);
    if (type == LogFile.MIDDLE || type == LogFile.FIRST) {
      return true;
    }
    return endRecord();
  }

  private boolean endRecord() {
    if (holdsBatches) {
      if (batchHeaderLength < BATCH_HEADER_BYTES) {
        finding = "a record is too short for a write";
        return false;
      }
      long sequence = (long) LONG.get(batchHeader, 0);
      if (nextSequence != UNKNOWN && sequence != nextSequence) {
        finding = "writes are missing: sequence " + nextSequence + " is followed by " + sequence;
        return false;
      }
      nextSequence = sequence + ((int) INT.get(batchHeader, Long.BYTES) & 0xffffffffL);
    }
    recordStart = UNKNOWN;
    return true;
  }

  private void refuseIfWriteFollows(long bad) throws IOException {
    if (certainlyDamaged) {
      throw new DamagedFileException(path.toString(), bad, finding, null);
    }
    long follower = nextWrite(bad);
    if (follower != UNKNOWN) {
      throw new DamagedFileException(
          path.toString(), bad, finding + ", yet a later write begins at byte " + follower, null);
    }
  }

  private void refuseIfHoldsWrite(long bad, Path later) throws IOException {
    try (LogFile laterFile = new LogFile(later)) {
      LogFileCheck laterCheck = new LogFileCheck(later, laterFile, true, UNKNOWN);
      if (laterCheck.nextWrite(-1) != UNKNOWN) {
        throw new DamagedFileException(
            path.toString(), bad, finding + ", yet " + later.getFileName() + " goes on", null);
      }
    }
  }

  /** Where the first write behind {@code bad} begins, looked for at every byte. */
  private long nextWrite(long bad) throws IOException {
    long first = Math.max(0, bad) / LogFile.BLOCK_BYTES;
    for (long block = first; block < file.blockCount(); block++) {
      int length = file.readBlock(block);
      for (int offset = 0; length - offset >= LogFile.HEADER_BYTES; offset++) {
        long position = block * LogFile.BLOCK_BYTES + offset;
        if (position > bad && isWriteStart(offset)) {
          return position;
        }
      }
    }
    return UNKNOWN;
  }

  private boolean isWriteStart(int offset) {
    int type = file.type(offset);
    return (type == LogFile.FULL || type == LogFile.FIRST)
        && file.isFragment(offset)
        && carriesLaterSequence(offset);
  }

  /** Keeps bytes inside a value from being taken for a write: a write's sequence must fit. */
  private boolean carriesLaterSequence(int offset) {
    byte[] header = new byte[Long.BYTES];
    if (!holdsBatches
        || nextSequence == UNKNOWN
        || file.copyPayload(offset, header, 0, Long.BYTES) < Long.BYTES) {
      return true;
    }
    long sequence = (long) LONG.get(header, 0);
    return sequence >= nextSequence && sequence - nextSequence <= file.size();
  }
}
