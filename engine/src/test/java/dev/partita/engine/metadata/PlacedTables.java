package dev.partita.engine.metadata;

import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import java.util.List;

/** Puts tables as they are told into a catalog and their partitions into groups. */
public final class PlacedTables {
  private PlacedTables() {}

  /** Stores or replaces a table, and its partitions and those of its global indexes. */
  public static void place(
      TableDescriptor table, TableCatalog catalog, List<ReplicationGroup> groups) {
    for (int place = 0; place < table.partitions().size(); place++) {
      install(groups, table.partitions().get(place).group(), table.partitionDescriptor(place));
    }
    for (GlobalIndexDescriptor index : table.derived().globalIndexes()) {
      List<PartitionPlacement> partitions = index.partitionMap().partitions();
      for (int place = 0; place < partitions.size(); place++) {
        install(
            groups, partitions.get(place).group(), table.indexPartitionDescriptor(index, place));
      }
    }
    try {
      catalog.put(table);
    } catch (MetadataUnavailableException refused) {
      throw new IllegalStateException(refused);
    }
  }

  /** Forgets a table, not its partitions. */
  public static void forget(String name, TableCatalog catalog) {
    try {
      catalog.remove(name);
    } catch (MetadataUnavailableException refused) {
      throw new IllegalStateException(refused);
    }
  }

  private static void install(
      List<ReplicationGroup> groups, ReplicationGroupId group, PartitionDescriptor descriptor) {
    groups.get(group.value() - 1).submit(new GroupCommand.InstallPartition(descriptor, _ -> {}));
  }
}
