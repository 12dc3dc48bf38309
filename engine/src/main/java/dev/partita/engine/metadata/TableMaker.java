package dev.partita.engine.metadata;

import dev.partita.base.RandomSource;
import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.model.api.IndexStatus;
import dev.partita.model.api.StreamViewType;
import dev.partita.model.api.TableStatus;
import dev.partita.storage.format.HashSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes descriptors of what is asked for: gives out ids and spreads partitions over the groups. */
final class TableMaker {
  private static final long FIRST_SCHEMA_VERSION = 1;

  private final TableCatalog catalog;
  private final List<ReplicationGroup> groups;
  private final RandomSource random;

  TableMaker(TableCatalog catalog, List<ReplicationGroup> groups, RandomSource random) {
    this.catalog = catalog;
    this.groups = groups;
    this.random = random;
  }

  /** A new table; it and its indexes are CREATING. */
  TableDescriptor table(TableDraft draft) {
    int tableId = catalog.takeTableId();
    PartitionMap map = map(tableId, draft.partitionCount(), firstGroup(tableId));
    List<GlobalIndexDescriptor> globalIndexes = new ArrayList<>(draft.globalIndexes().size());
    for (GlobalIndexDraft index : draft.globalIndexes()) {
      globalIndexes.add(index(index, map));
    }
    List<StreamDescriptor> streams =
        draft.stream() == null
            ? List.of()
            : List.of(stream(List.of(), draft.stream(), draft.created()));
    return new TableDescriptor(
        draft.name(),
        new UUID(random.nextLong(), random.nextLong()).toString(),
        TableStatus.CREATING,
        FIRST_SCHEMA_VERSION,
        draft.created(),
        draft.keySchema(),
        draft.settings(),
        draft.tags(),
        map,
        new DerivedData(draft.localIndexes(), globalIndexes, streams, null));
  }

  /**
   * A new index, which is CREATING. Its partitions start at another group than the table's, so that
   * an item and its row are seldom written by the same writer.
   */
  GlobalIndexDescriptor index(GlobalIndexDraft draft, PartitionMap tableMap) {
    int number = catalog.takeTableId();
    int firstGroup = firstGroup(number);
    if (firstGroup == tableMap.partitions().getFirst().group().value() - 1) {
      firstGroup = (firstGroup + 1) % groups.size();
    }
    return new GlobalIndexDescriptor(
        new IndexDefinition(draft.name(), number, draft.key(), draft.projection()),
        IndexStatus.CREATING,
        false,
        draft.readCapacityUnits(),
        draft.writeCapacityUnits(),
        0,
        0,
        draft.onDemandThroughput(),
        draft.warmThroughput(),
        map(number, draft.partitionCount(), firstGroup));
  }

  private int firstGroup(int tableId) {
    return tableId % groups.size();
  }

  private PartitionMap map(int tableId, int count, int firstGroup) {
    long first = catalog.takePartitionIds(count);
    List<PartitionPlacement> placements = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      ReplicationGroupId group = groups.get((firstGroup + index) % groups.size()).id();
      placements.add(
          new PartitionPlacement(
              new PartitionId(first + index), group, HashSpace.firstHash(index, count)));
    }
    return new PartitionMap(tableId, placements);
  }

  /** A new stream of a table that has had {@code streams}. */
  StreamDescriptor stream(List<StreamDescriptor> streams, StreamViewType viewType, long now) {
    return new StreamDescriptor(
        catalog.takeStreamId(), StreamLabels.next(streams, now), viewType, now, 0);
  }
}
