package dev.partita.engine.partition;

import dev.partita.storage.ColumnFamily;
import dev.partita.storage.WriteSet;
import java.nio.ByteBuffer;

/** Writes a group's own records behind its back, so that tests can see that this is noticed. */
public final class PlantedRecords {
  private PlantedRecords() {}

  /** Stores counts of a partition. */
  public static void counters(
      MemoryStore store, PartitionId partition, PartitionCounters counters) {
    WriteSet writeSet = new WriteSet();
    writeSet.put(ColumnFamily.META, GroupKeys.counters(partition), counters.encode());
    store.apply(writeSet);
  }

  /** Stores the size of an item collection. */
  public static void collectionBytes(MemoryStore store, byte[] collectionPrefix, long bytes) {
    WriteSet writeSet = new WriteSet();
    writeSet.put(
        ColumnFamily.META,
        GroupKeys.collectionBytes(collectionPrefix),
        ByteBuffer.allocate(Long.BYTES).putLong(bytes).array());
    store.apply(writeSet);
  }

  /** Marks an item to expire, or takes the mark away. */
  public static void expiry(
      MemoryStore store, PartitionId partition, ExpiringItem item, boolean marked) {
    WriteSet writeSet = new WriteSet();
    byte[] key = GroupKeys.expiry(partition, item.second(), item.key());
    if (marked) {
      writeSet.put(ColumnFamily.EXPIRY, key, new byte[0]);
    } else {
      writeSet.delete(ColumnFamily.EXPIRY, key);
    }
    store.apply(writeSet);
  }
}
