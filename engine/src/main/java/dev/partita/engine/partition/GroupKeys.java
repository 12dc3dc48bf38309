package dev.partita.engine.partition;

import java.nio.ByteBuffer;

/** The keys of a group's own records in the column family META. */
final class GroupKeys {
  private static final byte DESCRIPTOR = 'd';
  private static final byte COUNTERS = 'c';

  private GroupKeys() {}

  static byte[] descriptor(PartitionId partition) {
    return key(DESCRIPTOR, partition);
  }

  static byte[] counters(PartitionId partition) {
    return key(COUNTERS, partition);
  }

  /** Where the descriptors start. */
  static byte[] descriptorsStart() {
    return new byte[] {DESCRIPTOR};
  }

  /** The least key above all descriptors. */
  static byte[] descriptorsEnd() {
    return new byte[] {DESCRIPTOR + 1};
  }

  private static byte[] key(byte kind, PartitionId partition) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(kind).putLong(partition.value()).array();
  }
}
