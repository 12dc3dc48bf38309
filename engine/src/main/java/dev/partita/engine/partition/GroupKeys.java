package dev.partita.engine.partition;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The keys of a group's own records: in META, in the change log and among expiry times. */
final class GroupKeys {
  private static final byte DESCRIPTOR = 'd';
  private static final byte COUNTERS = 'c';
  private static final byte CHANGE_LOG = 'l';
  private static final byte INDEX_MARK = 'm';
  private static final byte COLLECTION_BYTES = 'b';

  private GroupKeys() {}

  static byte[] descriptor(PartitionId partition) {
    return key(DESCRIPTOR, partition);
  }

  static byte[] counters(PartitionId partition) {
    return key(COUNTERS, partition);
  }

  /** The state of a partition's change log. */
  static byte[] changeLog(PartitionId partition) {
    return key(CHANGE_LOG, partition);
  }

  /** How far the changes of {@code source} have come in a partition of a global index. */
  static byte[] indexMark(PartitionId indexPartition, PartitionId source) {
    return ByteBuffer.allocate(1 + 2 * Long.BYTES)
        .put(INDEX_MARK)
        .putLong(indexPartition.value())
        .putLong(source.value())
        .array();
  }

  /** Where the marks of a partition of a global index start. */
  static byte[] indexMarks(PartitionId indexPartition) {
    return key(INDEX_MARK, indexPartition);
  }

  /** The source partition in the key of a mark. */
  static PartitionId markSource(byte[] key) {
    return new PartitionId(ByteBuffer.wrap(key).getLong(1 + Long.BYTES));
  }

  /** The bytes of an item collection, of a table with local indexes. */
  static byte[] collectionBytes(byte[] collectionPrefix) {
    return ByteBuffer.allocate(1 + collectionPrefix.length)
        .put(COLLECTION_BYTES)
        .put(collectionPrefix)
        .array();
  }

  /** The prefix of the item collection in the key of its bytes. */
  static byte[] collection(byte[] key) {
    return Arrays.copyOfRange(key, 1, key.length);
  }

  /** Where the descriptors start. */
  static byte[] descriptorsStart() {
    return new byte[] {DESCRIPTOR};
  }

  /** The least key above all descriptors. */
  static byte[] descriptorsEnd() {
    return new byte[] {DESCRIPTOR + 1};
  }

  /** The change of a sequence, in the change log. */
  static byte[] change(PartitionId partition, long sequence) {
    return twoNumbers(partition.value(), sequence);
  }

  /** The sequence in the key of a change. */
  static long changeSequence(byte[] key) {
    return ByteBuffer.wrap(key).getLong(Long.BYTES);
  }

  /** Where the items that expire at or after {@code second} start, among the expiry times. */
  static byte[] expiry(PartitionId partition, long second) {
    return twoNumbers(partition.value(), second);
  }

  /** The mark that an item expires at {@code second}. */
  static byte[] expiry(PartitionId partition, long second, byte[] itemKey) {
    return ByteBuffer.allocate(2 * Long.BYTES + itemKey.length)
        .putLong(partition.value())
        .putLong(second)
        .put(itemKey)
        .array();
  }

  /** The second in the key of an expiry mark. */
  static long expirySecond(byte[] key) {
    return ByteBuffer.wrap(key).getLong(Long.BYTES);
  }

  /** The item key in the key of an expiry mark. */
  static byte[] expiringItem(byte[] key) {
    return Arrays.copyOfRange(key, 2 * Long.BYTES, key.length);
  }

  /** Where what belongs to a partition starts, in the change log and among the expiry times. */
  static byte[] ofPartition(PartitionId partition) {
    return ByteBuffer.allocate(Long.BYTES).putLong(partition.value()).array();
  }

  /** The least key above those. */
  static byte[] afterPartition(PartitionId partition) {
    return ByteBuffer.allocate(Long.BYTES).putLong(partition.value() + 1).array();
  }

  private static byte[] twoNumbers(long first, long second) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(first).putLong(second).array();
  }

  private static byte[] key(byte kind, PartitionId partition) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(kind).putLong(partition.value()).array();
  }
}
