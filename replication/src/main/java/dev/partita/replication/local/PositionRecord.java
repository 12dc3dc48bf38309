package dev.partita.replication.local;

import dev.partita.base.Invariant;
import dev.partita.replication.BatchId;
import dev.partita.replication.LogPosition;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The position of the last applied entry as a META record, written in the same batch as the entry's
 * changes. Form: {@code docs/file-formats.md}.
 */
final class PositionRecord {
  private static final byte FORMAT_VERSION = 1;
  private static final int CHECKED_BYTES = 1 + 5 * Long.BYTES + Integer.BYTES;
  private static final int BYTES = CHECKED_BYTES + Integer.BYTES;

  private PositionRecord() {}

  /** The record's key; META keys that begin with byte 0 belong to replication. */
  static byte[] key() {
    return new byte[] {0, 1};
  }

  static byte[] encode(LogPosition position, int writeSetDigest) {
    ByteBuffer buffer =
        ByteBuffer.allocate(BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(FORMAT_VERSION)
            .putLong(position.groupEpoch())
            .putLong(position.batchNumber())
            .putLong(position.batchId().high())
            .putLong(position.batchId().low())
            .putLong(position.hybridTime())
            .putInt(writeSetDigest);
    return buffer.putInt(checksum(buffer.array())).array();
  }

  /**
   * Reads what {@link #encode} wrote; null stands for a log without entries.
   *
   * @throws dev.partita.base.InvariantBrokenException if it is anything else
   */
  static LogPosition decode(byte @Nullable [] record) {
    if (record == null) {
      return LogPosition.START;
    }
    Invariant.check(record.length == BYTES, "log position has a wrong size", "size", record.length);
    ByteBuffer buffer = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    byte version = buffer.get();
    Invariant.check(version == FORMAT_VERSION, "log position has a newer format", "is", version);
    Invariant.check(buffer.getInt(CHECKED_BYTES) == checksum(record), "log position is damaged");
    return new LogPosition(
        buffer.getLong(),
        buffer.getLong(),
        new BatchId(buffer.getLong(), buffer.getLong()),
        buffer.getLong());
  }

  private static int checksum(byte[] record) {
    CRC32C checksum = new CRC32C();
    checksum.update(record, 0, CHECKED_BYTES);
    return (int) checksum.getValue();
  }
}
