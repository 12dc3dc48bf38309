package dev.partita.engine.metadata;

import dev.partita.storage.format.ItemKeyFormat;
import dev.partita.storage.format.KeyRange;
import java.util.List;

/**
 * The partitions of a table or of a global index.
 *
 * @param tableId names the table or index in storage keys; never used again
 * @param partitions ordered by first hash; the first starts at 0
 */
public record PartitionMap(int tableId, List<PartitionPlacement> partitions) {

  /** The place of the partition that holds a hash. */
  public int indexOf(long hash) {
    int low = 0;
    int high = partitions.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (Long.compareUnsigned(partitions.get(middle).firstHash(), hash) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The partition that holds a storage key. */
  public PartitionPlacement placement(byte[] key) {
    return partitions.get(indexOf(ItemKeyFormat.hashOf(key)));
  }

  /** The keys of the partition at a place. */
  public KeyRange range(int partitionIndex) {
    byte[] start = ItemKeyFormat.hashBoundary(tableId, partitions.get(partitionIndex).firstHash());
    int next = partitionIndex + 1;
    byte[] end =
        next == partitions.size()
            ? ItemKeyFormat.tableEnd(tableId)
            : ItemKeyFormat.hashBoundary(tableId, partitions.get(next).firstHash());
    return KeyRange.of(start, end);
  }
}
