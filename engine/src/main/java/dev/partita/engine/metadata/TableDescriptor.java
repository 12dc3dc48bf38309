package dev.partita.engine.metadata;

import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.engine.partition.PartitionSchema;
import dev.partita.model.KeySchema;
import dev.partita.model.api.TableStatus;
import dev.partita.storage.format.KeyRange;
import java.util.List;
import java.util.Map;

/**
 * A table.
 *
 * @param uuid the TableId that clients see
 * @param schemaVersion grows whenever writes have to be planned again
 * @param created milliseconds since 1970
 * @param tags key to value, at most 50
 * @param derived indexes, streams, time to live
 */
public record TableDescriptor(
    String name,
    String uuid,
    TableStatus status,
    long schemaVersion,
    long created,
    KeySchema keySchema,
    TableSettings settings,
    Map<String, String> tags,
    PartitionMap partitionMap,
    DerivedData derived) {
  private static final long FIRST_EPOCH = 1;

  /** Names the table in storage keys; never used again. */
  public int tableId() {
    return partitionMap.tableId();
  }

  /** Its partitions, ordered by first hash. */
  public List<PartitionPlacement> partitions() {
    return partitionMap.partitions();
  }

  /** Whether items can be read and written. */
  public boolean servesItems() {
    return status == TableStatus.ACTIVE || status == TableStatus.UPDATING;
  }

  /** The keys of the partition at a place. */
  public KeyRange range(int partitionIndex) {
    return partitionMap.range(partitionIndex);
  }

  /** What the group of the partition at a place must know of it. */
  PartitionDescriptor partitionDescriptor(int partitionIndex) {
    return descriptor(partitionMap, partitionIndex, derived.partitionSchema(keySchema));
  }

  /** What the group of a partition of a global index must know of it. */
  PartitionDescriptor indexPartitionDescriptor(GlobalIndexDescriptor index, int partitionIndex) {
    return descriptor(index.partitionMap(), partitionIndex, PartitionSchema.PLAIN);
  }

  private PartitionDescriptor descriptor(
      PartitionMap map, int partitionIndex, PartitionSchema schema) {
    return new PartitionDescriptor(
        map.partitions().get(partitionIndex).partition(),
        map.tableId(),
        schemaVersion,
        FIRST_EPOCH,
        map.range(partitionIndex),
        schema);
  }

  /** With another place in its life. */
  public TableDescriptor withStatus(TableStatus newStatus) {
    return with(newStatus, settings, tags, derived);
  }

  /** With other settings. */
  public TableDescriptor withSettings(TableSettings newSettings) {
    return with(status, newSettings, tags, derived);
  }

  TableDescriptor withTags(Map<String, String> newTags) {
    return with(status, settings, newTags, derived);
  }

  /**
   * With other derived data. The schema version stays: partitions learn of an index, a stream or
   * time to live by their log and treat every write behind that accordingly, however it was
   * planned. So no write has to be planned again, and none fails while some partitions know and
   * others do not.
   */
  public TableDescriptor withDerived(DerivedData newDerived) {
    return with(status, settings, tags, newDerived);
  }

  private TableDescriptor with(
      TableStatus newStatus,
      TableSettings newSettings,
      Map<String, String> newTags,
      DerivedData newDerived) {
    return new TableDescriptor(
        name,
        uuid,
        newStatus,
        schemaVersion,
        created,
        keySchema,
        newSettings,
        newTags,
        partitionMap,
        newDerived);
  }
}
