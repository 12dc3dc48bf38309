package dev.partita.engine.partition;

import dev.partita.base.InvariantBrokenException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The frame of the records of transactions: a format version before and a CRC32C over key and value
 * behind, checked on every read.
 */
final class SealedRecord {
  private static final byte FORMAT_VERSION = 1;

  private static final int FRAME_BYTES = 1 + Integer.BYTES;

  private SealedRecord() {}

  /**
   * The value to store under {@code key}.
   *
   * @param content writes just {@code contentBytes}
   */
  static byte[] seal(byte[] key, int contentBytes, Consumer<ByteBuffer> content) {
    byte[] value = new byte[FRAME_BYTES + contentBytes];
    ByteBuffer out = ByteBuffer.wrap(value).put(FORMAT_VERSION);
    content.accept(out);
    out.putInt(checksum(key, value, out.position()));
    return value;
  }

  /** The content of a stored value; throws {@link InvariantBrokenException} if it is damaged. */
  static ByteBuffer open(byte[] key, byte[] value) {
    int end = value.length - Integer.BYTES;
    if (end < 1 || ByteBuffer.wrap(value).getInt(end) != checksum(key, value, end)) {
      throw new InvariantBrokenException(
          "record of a transaction fails its checksum key=" + HexFormat.of().formatHex(key));
    }
    if (value[0] != FORMAT_VERSION) {
      throw new InvariantBrokenException("record of a transaction of unknown format " + value[0]);
    }
    return ByteBuffer.wrap(value, 1, end - 1);
  }

  private static int checksum(byte[] key, byte[] value, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(key, 0, key.length);
    checksum.update(value, 0, length);
    return (int) checksum.getValue();
  }
}
