package dev.partita.storage.format;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.partita.base.Invariant;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The key of an item: table id (4 bytes) · hash of the partition key (8) · length of the partition
 * key (2) · partition key · sort key, integers big-endian.
 *
 * <p>So the items of a table lie together, ordered by hash, and the items of an item collection lie
 * together, ordered by sort key. The hash is XXH3 (64 bits, seed 0) over the encoded partition key;
 * it never changes.
 */
public final class ItemKeyFormat {
  private static final Hasher64 HASHER = Hashing.xxh3_64();
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final int HASH_OFFSET = Integer.BYTES;
  private static final int LENGTH_OFFSET = HASH_OFFSET + Long.BYTES;
  private static final int PARTITION_KEY_OFFSET = LENGTH_OFFSET + Short.BYTES;

  /** The most bytes of an encoded partition key. */
  public static final int PARTITION_KEY_BYTES_MAX = 0xFFFF;

  private ItemKeyFormat() {}

  /** The hash that places a partition key; compare it unsigned. */
  public static long hash(byte[] partitionKey) {
    return HASHER.hashBytesToLong(partitionKey);
  }

  /** The key of an item; {@code sortKey} is empty in a table without one. */
  public static byte[] encode(int tableId, byte[] partitionKey, byte[] sortKey) {
    Invariant.check(
        partitionKey.length <= PARTITION_KEY_BYTES_MAX,
        "partition key too long",
        "bytes",
        partitionKey.length);
    int sortKeyOffset = PARTITION_KEY_OFFSET + partitionKey.length;
    byte[] key = new byte[sortKeyOffset + sortKey.length];
    INT.set(key, 0, tableId);
    LONG.set(key, HASH_OFFSET, hash(partitionKey));
    key[LENGTH_OFFSET] = (byte) (partitionKey.length >>> 8);
    key[LENGTH_OFFSET + 1] = (byte) partitionKey.length;
    System.arraycopy(partitionKey, 0, key, PARTITION_KEY_OFFSET, partitionKey.length);
    System.arraycopy(sortKey, 0, key, sortKeyOffset, sortKey.length);
    return key;
  }

  /** The least key of a table whose partition key has a hash of {@code hash} or above. */
  public static byte[] hashBoundary(int tableId, long hash) {
    byte[] key = new byte[LENGTH_OFFSET];
    INT.set(key, 0, tableId);
    LONG.set(key, HASH_OFFSET, hash);
    return key;
  }

  /** The least key above all keys of a table. */
  public static byte[] tableEnd(int tableId) {
    byte[] key = new byte[Integer.BYTES];
    INT.set(key, 0, tableId + 1);
    return key;
  }

  /** The table id in a key. */
  public static int tableId(byte[] key) {
    return (int) INT.get(key, 0);
  }

  /** The hash in a key; compare it unsigned. */
  public static long hashOf(byte[] key) {
    return (long) LONG.get(key, HASH_OFFSET);
  }

  /** What all keys of the item collection of {@code key} begin with. */
  public static byte[] collectionPrefix(byte[] key) {
    return Arrays.copyOf(key, sortKeyOffset(key));
  }

  /** Whether two keys belong to one item collection. */
  public static boolean sameCollection(byte[] left, byte[] right) {
    int end = sortKeyOffset(left);
    return end == sortKeyOffset(right) && Arrays.equals(left, 0, end, right, 0, end);
  }

  /**
   * Where the key proper begins: the length of the partition key, the partition key, the sort key.
   * What is before it, table id and hash, says where the item lies.
   */
  public static int partitionKeyLengthOffset() {
    return LENGTH_OFFSET;
  }

  /** Where the sort key begins: what is before it is shared by the item collection. */
  public static int sortKeyOffset(byte[] key) {
    int length = (key[LENGTH_OFFSET] & 0xFF) << 8 | (key[LENGTH_OFFSET + 1] & 0xFF);
    return PARTITION_KEY_OFFSET + length;
  }
}
