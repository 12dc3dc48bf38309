package dev.partita.engine.metadata;

import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.model.KeySchema;
import dev.partita.model.api.TableStatus;
import dev.partita.storage.format.ItemKeyFormat;
import dev.partita.storage.format.KeyRange;
import java.util.List;
import java.util.Map;

/**
 * A table.
 *
 * @param tableId names the table in storage keys; never used again
 * @param uuid the TableId that clients see
 * @param schemaVersion grows whenever writes have to be planned anew
 * @param created milliseconds since 1970
 * @param tags key to value, at most 50
 * @param partitions ordered by first hash; the first starts at 0
 */
public record TableDescriptor(
    String name,
    int tableId,
    String uuid,
    TableStatus status,
    long schemaVersion,
    long created,
    KeySchema keySchema,
    TableSettings settings,
    Map<String, String> tags,
    List<PartitionPlacement> partitions) {
  private static final long FIRST_EPOCH = 1;

  /** Whether items can be read and written. */
  public boolean servesItems() {
    return status == TableStatus.ACTIVE || status == TableStatus.UPDATING;
  }

  /** The place of the partition that holds a hash. */
  public int partitionIndex(long hash) {
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

  /** What the group of the partition at a place must know of it. */
  PartitionDescriptor partitionDescriptor(int partitionIndex) {
    return new PartitionDescriptor(
        partitions.get(partitionIndex).partition(),
        tableId,
        schemaVersion,
        FIRST_EPOCH,
        range(partitionIndex));
  }

  TableDescriptor withStatus(TableStatus newStatus) {
    return with(newStatus, settings, tags);
  }

  TableDescriptor withSettings(TableSettings newSettings) {
    return with(status, newSettings, tags);
  }

  TableDescriptor withTags(Map<String, String> newTags) {
    return with(status, settings, newTags);
  }

  private TableDescriptor with(
      TableStatus newStatus, TableSettings newSettings, Map<String, String> newTags) {
    return new TableDescriptor(
        name,
        tableId,
        uuid,
        newStatus,
        schemaVersion,
        created,
        keySchema,
        newSettings,
        newTags,
        partitions);
  }
}
