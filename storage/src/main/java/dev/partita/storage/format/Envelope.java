package dev.partita.storage.format;

import dev.partita.base.InvariantBrokenException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * A value as it is stored: a header that later versions can extend, the body, and a checksum over
 * key and value that is checked on every read.
 *
 * <pre>
 *  0  format version (1)      9  write time, hybrid logical clock (8)
 *  1  kind (1)               17  change sequence (8)
 *  2  flags (1)              25  origin region (2)
 *  3  header length h (2)    27  (sealed values add key id and nonce here)
 *  5  item size (4)           h  body, then CRC32C (4)
 * </pre>
 *
 * Integers are big-endian. A reader takes the body from {@code h}, so it skips header fields that
 * it does not know; flags it does not know make it refuse the value.
 */
public final class Envelope {
  private static final byte FORMAT_VERSION = 1;
  private static final int FLAGS_OFFSET = 2;
  private static final int HEADER_LENGTH_OFFSET = 3;
  private static final int ITEM_SIZE_OFFSET = 5;
  private static final int WRITE_TIME_OFFSET = 9;
  private static final int SEQUENCE_OFFSET = 17;
  private static final int ORIGIN_OFFSET = 25;
  private static final int HEADER_LENGTH = 27;
  private static final int CHECKSUM_LENGTH = Integer.BYTES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /** What a value is. The codes are stored. */
  public enum Kind {
    /** A live item; the body is its attributes. */
    ITEM((byte) 1),
    /** The mark of a deleted item; the body is empty. */
    TOMBSTONE((byte) 2);

    private final byte code;

    Kind(byte code) {
      this.code = code;
    }
  }

  private final byte[] value;
  private final int bodyOffset;

  private Envelope(byte[] value, int bodyOffset) {
    this.value = value;
    this.bodyOffset = bodyOffset;
  }

  /**
   * A value to store under {@code key}.
   *
   * @param itemSize bytes by AWS's rules
   * @param writeTime hybrid logical clock
   * @param changeSequence the partition's sequence number of this change
   */
  public static byte[] seal(
      byte[] key, Kind kind, int itemSize, long writeTime, long changeSequence, byte[] body) {
    byte[] value = new byte[HEADER_LENGTH + body.length + CHECKSUM_LENGTH];
    value[0] = FORMAT_VERSION;
    value[1] = kind.code;
    value[HEADER_LENGTH_OFFSET + 1] = HEADER_LENGTH;
    INT.set(value, ITEM_SIZE_OFFSET, itemSize);
    LONG.set(value, WRITE_TIME_OFFSET, writeTime);
    LONG.set(value, SEQUENCE_OFFSET, changeSequence);
    System.arraycopy(body, 0, value, HEADER_LENGTH, body.length);
    int checksumOffset = value.length - CHECKSUM_LENGTH;
    INT.set(value, checksumOffset, checksum(key, value, checksumOffset));
    return value;
  }

  /** Checks a stored value; throws {@link InvariantBrokenException} if it is damaged. */
  public static Envelope open(byte[] key, byte[] value) {
    int checksumOffset = value.length - CHECKSUM_LENGTH;
    if (checksumOffset < HEADER_LENGTH
        || (int) INT.get(value, checksumOffset) != checksum(key, value, checksumOffset)) {
      throw new InvariantBrokenException("stored value fails its checksum" + describe(key));
    }
    if (value[0] != FORMAT_VERSION || value[FLAGS_OFFSET] != 0) {
      throw new InvariantBrokenException(
          "stored value has an unknown format" + describe(key) + " version=" + value[0]);
    }
    int bodyOffset =
        (value[HEADER_LENGTH_OFFSET] & 0xFF) << 8 | (value[HEADER_LENGTH_OFFSET + 1] & 0xFF);
    if (bodyOffset < HEADER_LENGTH || bodyOffset > checksumOffset) {
      throw new InvariantBrokenException("stored value has a bad header" + describe(key));
    }
    return new Envelope(value, bodyOffset);
  }

  private static int checksum(byte[] key, byte[] value, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(key, 0, key.length);
    checksum.update(value, 0, length);
    return (int) checksum.getValue();
  }

  private static String describe(byte[] key) {
    return " key=" + HexFormat.of().formatHex(key);
  }

  /** What the value is. */
  public Kind kind() {
    return switch (value[1]) {
      case 1 -> Kind.ITEM;
      case 2 -> Kind.TOMBSTONE;
      default -> throw new InvariantBrokenException("stored value of unknown kind " + value[1]);
    };
  }

  /** The size of the item in bytes, by AWS's rules. */
  public int itemSize() {
    return (int) INT.get(value, ITEM_SIZE_OFFSET);
  }

  /** When the value was written, as a hybrid logical clock. */
  public long writeTime() {
    return (long) LONG.get(value, WRITE_TIME_OFFSET);
  }

  /** The partition's sequence number of the change that wrote the value. */
  public long changeSequence() {
    return (long) LONG.get(value, SEQUENCE_OFFSET);
  }

  /** The change sequence of a value that was {@linkplain #open opened} before. */
  public static long changeSequence(byte[] value) {
    return (long) LONG.get(value, SEQUENCE_OFFSET);
  }

  /** The region that wrote the value; 0 is the server's own. */
  public int originRegion() {
    return (value[ORIGIN_OFFSET] & 0xFF) << 8 | (value[ORIGIN_OFFSET + 1] & 0xFF);
  }

  /** The array that holds the body, from {@link #bodyOffset()}; not to be changed. */
  public byte[] array() {
    return value;
  }

  /** Where the body starts in {@link #array()}. */
  public int bodyOffset() {
    return bodyOffset;
  }

  /** How many bytes the body has. */
  public int bodyLength() {
    return value.length - CHECKSUM_LENGTH - bodyOffset;
  }
}
