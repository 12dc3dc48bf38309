package dev.partita.engine.change;

import dev.partita.base.InvariantBrokenException;
import dev.partita.model.Item;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One change of one item, as it is stored in the change log.
 *
 * <pre>
 *  0  format version (1)     12  transaction, 0 for none (8)
 *  1  kind (1)               20  old size, -1 if there was no item (4)
 *  2  origin region (2)      24  new size, -1 if there is no item (4)
 *  4  write time (8)         28  lengths of item key, keys, old image, new image (4 each)
 *                            44  item key, keys, old image, new image; then CRC32C (4)
 * </pre>
 *
 * Integers are big-endian. The item key is the storage key; keys (an item body) is there if no
 * image is. The checksum is over the record's key and everything before it, checked on every read.
 *
 * @param itemKey the storage key of the item
 * @param keys the key attributes, null if an image has them
 * @param oldSize bytes by AWS's rules, -1 if there was no item
 * @param oldImage null if there was no item or nobody needs it
 * @param newSize bytes by AWS's rules, -1 if there is no item
 * @param newImage null if there is no item or nobody needs it
 */
public record ChangeRecord(
    Kind kind,
    long writeTime,
    long transaction,
    byte[] itemKey,
    @Nullable Item keys,
    int oldSize,
    @Nullable Item oldImage,
    int newSize,
    @Nullable Item newImage) {
  /** A size where there is no item. */
  public static final int NO_ITEM = -1;

  private static final byte FORMAT_VERSION = 1;
  private static final int HEADER_LENGTH = 44;
  private static final int CHECKSUM_LENGTH = Integer.BYTES;

  /** Why the record was written. The codes are stored. */
  public enum Kind {
    /** A client changed the item. */
    CHANGE((byte) 1),
    /** Time to live deleted it. */
    EXPIRY((byte) 2),
    /** Nothing changed: the item as it is, for an index that is being filled. */
    REFRESH((byte) 3);

    private final byte code;

    Kind(byte code) {
      this.code = code;
    }

    private static Kind of(byte code) {
      return switch (code) {
        case 1 -> CHANGE;
        case 2 -> EXPIRY;
        case 3 -> REFRESH;
        default -> throw new InvariantBrokenException("change record of unknown kind " + code);
      };
    }
  }

  /** Whether the item was there before. */
  public boolean hadItem() {
    return oldSize != NO_ITEM;
  }

  /** Whether the item is there afterwards. */
  public boolean hasItem() {
    return newSize != NO_ITEM;
  }

  /** The value to store under {@code key}. */
  public byte[] encode(byte[] key) {
    byte[] keyBody = body(keys);
    byte[] oldBody = body(oldImage);
    byte[] newBody = body(newImage);
    ByteBuffer out =
        ByteBuffer.allocate(
            HEADER_LENGTH
                + itemKey.length
                + keyBody.length
                + oldBody.length
                + newBody.length
                + CHECKSUM_LENGTH);
    out.put(FORMAT_VERSION).put(kind.code).putShort((short) 0);
    out.putLong(writeTime).putLong(transaction).putInt(oldSize).putInt(newSize);
    out.putInt(itemKey.length).putInt(keyBody.length).putInt(oldBody.length);
    out.putInt(newBody.length);
    out.put(itemKey).put(keyBody).put(oldBody).put(newBody);
    out.putInt(checksum(key, out.array(), out.position()));
    return out.array();
  }

  private static byte[] body(@Nullable Item item) {
    return item == null ? new byte[0] : item.encoded();
  }

  /** Checks and reads a stored record; throws {@link InvariantBrokenException} if it is damaged. */
  public static ChangeRecord decode(byte[] key, byte[] value) {
    int end = value.length - CHECKSUM_LENGTH;
    ByteBuffer in = ByteBuffer.wrap(value);
    if (end < HEADER_LENGTH || in.getInt(end) != checksum(key, value, end)) {
      throw new InvariantBrokenException(
          "change record fails its checksum key=" + HexFormat.of().formatHex(key));
    }
    if (in.get() != FORMAT_VERSION) {
      throw new InvariantBrokenException("change record of unknown format " + value[0]);
    }
    Kind kind = Kind.of(in.get());
    in.getShort();
    long writeTime = in.getLong();
    long transaction = in.getLong();
    int oldSize = in.getInt();
    int newSize = in.getInt();
    int itemKeyLength = in.getInt();
    int keysLength = in.getInt();
    int oldLength = in.getInt();
    int newLength = in.getInt();
    byte[] itemKey = new byte[itemKeyLength];
    in.get(itemKey);
    int keysOffset = in.position();
    int oldOffset = keysOffset + keysLength;
    int newOffset = oldOffset + oldLength;
    return new ChangeRecord(
        kind,
        writeTime,
        transaction,
        itemKey,
        item(value, keysOffset, keysLength),
        oldSize,
        item(value, oldOffset, oldLength),
        newSize,
        item(value, newOffset, newLength));
  }

  private static @Nullable Item item(byte[] value, int offset, int length) {
    return length == 0 ? null : Item.ofEncoded(value, offset, length);
  }

  private static int checksum(byte[] key, byte[] value, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(key, 0, key.length);
    checksum.update(value, 0, length);
    return (int) checksum.getValue();
  }
}
