package dev.partita.engine.metadata;

import dev.partita.engine.change.ChangeLogState;
import dev.partita.engine.change.StreamShard;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Brings the groups to know the partitions of a table as its descriptor tells them. Waits for the
 * groups; repeating anything is harmless.
 */
final class PartitionInstaller {
  private static final long GROUP_SECONDS_MAX = 30;

  private final List<ReplicationGroup> groups;

  PartitionInstaller(List<ReplicationGroup> groups) {
    this.groups = groups;
  }

  /** A partition and where it belongs. */
  record Placed(ReplicationGroupId group, PartitionDescriptor descriptor) {}

  /** The partitions of a table itself. */
  static List<Placed> ofTable(TableDescriptor table) {
    List<Placed> placed = new ArrayList<>(table.partitions().size());
    for (int index = 0; index < table.partitions().size(); index++) {
      placed.add(
          new Placed(table.partitions().get(index).group(), table.partitionDescriptor(index)));
    }
    return placed;
  }

  /** The partitions of one of its global indexes. */
  static List<Placed> ofIndex(TableDescriptor table, GlobalIndexDescriptor index) {
    List<PartitionPlacement> placements = index.partitionMap().partitions();
    List<Placed> placed = new ArrayList<>(placements.size());
    for (int place = 0; place < placements.size(); place++) {
      placed.add(
          new Placed(placements.get(place).group(), table.indexPartitionDescriptor(index, place)));
    }
    return placed;
  }

  /**
   * Installs what is missing or different, removes what is to go: partitions of new indexes first,
   * so that rows find their place, then the table's own, which start or stop to record changes,
   * then those of indexes that are deleted.
   */
  void bring(TableDescriptor table) throws MetadataUnavailableException {
    for (GlobalIndexDescriptor index : table.derived().globalIndexes()) {
      if (index.followsChanges()) {
        install(ofIndex(table, index));
      }
    }
    install(ofTable(table));
    for (GlobalIndexDescriptor index : table.derived().globalIndexes()) {
      if (!index.followsChanges()) {
        remove(ofIndex(table, index));
      }
    }
  }

  /** Removes the partitions of a table and of its indexes, with all that they hold. */
  void removeAll(TableDescriptor table) throws MetadataUnavailableException {
    remove(ofTable(table));
    for (GlobalIndexDescriptor index : table.derived().globalIndexes()) {
      remove(ofIndex(table, index));
    }
  }

  /**
   * Checks that the partitions which have held items or rows are there.
   *
   * @throws StorageException if one is missing
   */
  void checkNothingIsMissing(TableDescriptor table) {
    List<Placed> required = new ArrayList<>(ofTable(table));
    for (GlobalIndexDescriptor index : table.derived().globalIndexes()) {
      if (index.servesReads() || index.backfilling()) {
        required.addAll(ofIndex(table, index));
      }
    }
    for (Placed partition : required) {
      if (!isInstalled(partition)) {
        throw new StorageException(
            "partition %d of table %s is missing from replication group %d"
                    .formatted(
                        partition.descriptor.id().value(), table.name(), partition.group.value())
                + "; if it was lost with durability async, start so once to begin it empty",
            null);
      }
    }
  }

  /** Whether the groups know all partitions as the descriptor tells them. */
  boolean isBrought(TableDescriptor table) {
    return ofTable(table).stream().allMatch(this::isKnown)
        && table.derived().globalIndexes().stream()
            .filter(GlobalIndexDescriptor::followsChanges)
            .flatMap(index -> ofIndex(table, index).stream())
            .allMatch(this::isKnown);
  }

  /** How many items a table holds. */
  long itemCount(TableDescriptor table) {
    long items = 0;
    for (PartitionPlacement placement : table.partitions()) {
      PartitionCounters counters = group(placement.group()).counters(placement.partition());
      items += counters == null ? 0 : counters.itemCount();
    }
    return items;
  }

  /** Ids that a group has seen must not be taken again: what it kept under them would be found. */
  void useUpIds(TableCatalog catalog) {
    for (ReplicationGroup group : groups) {
      for (PartitionDescriptor partition : group.partitions()) {
        long streamId = partition.schema().changes().streamId();
        ChangeLogState changeLog = group.changeLog(partition.id());
        if (changeLog != null) {
          for (StreamShard shard : changeLog.shards()) {
            streamId = Math.max(streamId, shard.streamId());
          }
        }
        catalog.useUp(partition.tableId(), partition.id().value(), streamId);
      }
    }
  }

  private boolean isInstalled(Placed partition) {
    return group(partition.group).descriptor(partition.descriptor.id()) != null;
  }

  private boolean isKnown(Placed partition) {
    return partition.descriptor.equals(
        group(partition.group).descriptor(partition.descriptor.id()));
  }

  private void install(List<Placed> partitions) throws MetadataUnavailableException {
    await(
        partitions.stream()
            .filter(partition -> !isKnown(partition))
            .map(partition ->
                submit(
                    partition.group,
                    callback -> new GroupCommand.InstallPartition(partition.descriptor, callback)))
            .toList());
  }

  void remove(List<Placed> partitions) throws MetadataUnavailableException {
    await(
        partitions.stream()
            .filter(this::isInstalled)
            .map(partition ->
                submit(
                    partition.group,
                    callback ->
                        new GroupCommand.RemovePartition(
                            partition.descriptor.id(), partition.descriptor.tableId(), callback)))
            .toList());
  }

  private CompletableFuture<Outcome> submit(
      ReplicationGroupId group, Function<Consumer<Outcome>, GroupCommand> command) {
    CompletableFuture<Outcome> done = new CompletableFuture<>();
    group(group).submit(command.apply(done::complete));
    return done;
  }

  /** The groups work at the same time; the time limit is that between one answer and the next. */
  private static void await(List<CompletableFuture<Outcome>> commands)
      throws MetadataUnavailableException {
    for (CompletableFuture<Outcome> command : commands) {
      try {
        Outcome outcome = command.get(GROUP_SECONDS_MAX, TimeUnit.SECONDS);
        if (!(outcome instanceof Outcome.Applied)) {
          throw new MetadataUnavailableException(
              outcome instanceof Outcome.Unavailable(String reason) ? reason : outcome.toString());
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new MetadataUnavailableException("interrupted");
      } catch (TimeoutException late) {
        throw new MetadataUnavailableException("no answer in time");
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  ReplicationGroup group(ReplicationGroupId id) {
    return groups.get(id.value() - 1);
  }
}
