package dev.partita.engine.operation;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.ProjectedAttributes;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.LocalIndexCounters;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.router.RequestRouter;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.model.api.GlobalSecondaryIndexDescription;
import dev.partita.model.api.IndexProjection;
import dev.partita.model.api.IndexStatus;
import dev.partita.model.api.IndexWarmThroughputDescription;
import dev.partita.model.api.LocalSecondaryIndexDescription;
import dev.partita.model.api.ProjectionType;
import dev.partita.model.api.ProvisionedThroughputDescription;
import dev.partita.model.api.TableStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Indexes as clients see them, with exact counts. */
final class IndexDescriptions {
  private final RequestRouter router;
  private final ServerIdentity identity;

  IndexDescriptions(RequestRouter router, ServerIdentity identity) {
    this.router = router;
    this.identity = identity;
  }

  /** The local indexes of a table; null if it has none. */
  @Nullable List<LocalSecondaryIndexDescription> local(TableDescriptor table) {
    if (table.derived().localIndexes().isEmpty()) {
      return null;
    }
    return table.derived().localIndexes().stream().map(index -> local(table, index)).toList();
  }

  private LocalSecondaryIndexDescription local(TableDescriptor table, IndexDefinition index) {
    long rows = 0;
    long bytes = 0;
    for (PartitionPlacement placement : table.partitions()) {
      PartitionCounters counters = counters(placement);
      if (counters != null) {
        for (LocalIndexCounters counted : counters.localIndexes()) {
          if (counted.number() == index.number()) {
            rows += counted.rowCount();
            bytes += counted.rowBytes();
          }
        }
      }
    }
    return new LocalSecondaryIndexDescription(
        index.name(),
        TableDescriptions.keySchema(index.key()),
        projection(index.projection()),
        bytes,
        rows,
        identity.indexArn(table.name(), index.name()));
  }

  /** The global indexes of a table; null if it has none. */
  @Nullable List<GlobalSecondaryIndexDescription> global(TableDescriptor table) {
    if (table.derived().globalIndexes().isEmpty()) {
      return null;
    }
    return table.derived().globalIndexes().stream().map(index -> global(table, index)).toList();
  }

  private GlobalSecondaryIndexDescription global(
      TableDescriptor table, GlobalIndexDescriptor index) {
    long rows = 0;
    long bytes = 0;
    for (PartitionPlacement placement : index.partitionMap().partitions()) {
      PartitionCounters counters = counters(placement);
      if (counters != null) {
        rows += counters.itemCount();
        bytes += counters.itemBytes();
      }
    }
    return new GlobalSecondaryIndexDescription(
        index.name(),
        TableDescriptions.keySchema(index.definition().key()),
        projection(index.definition().projection()),
        index.status(),
        isAdded(table, index) ? index.backfilling() : null,
        new ProvisionedThroughputDescription(
            TableDescriptions.seconds(index.lastIncrease()),
            TableDescriptions.seconds(index.lastDecrease()),
            0,
            index.readCapacityUnits(),
            index.writeCapacityUnits()),
        bytes,
        rows,
        identity.indexArn(table.name(), index.name()),
        index.onDemandThroughput(),
        warmThroughput(table, index));
  }

  /** AWS tells whether items are filled in only of an index that did not come with its table. */
  private static boolean isAdded(TableDescriptor table, GlobalIndexDescriptor index) {
    return index.status() == IndexStatus.CREATING && table.status() != TableStatus.CREATING;
  }

  private static IndexWarmThroughputDescription warmThroughput(
      TableDescriptor table, GlobalIndexDescriptor index) {
    WarmUnits units =
        WarmUnits.of(
            table.settings().billingMode(),
            index.readCapacityUnits(),
            index.writeCapacityUnits(),
            index.warmThroughput());
    boolean raising = index.status() == IndexStatus.CREATING && index.warmThroughput() != null;
    return new IndexWarmThroughputDescription(
        units.read(), units.write(), raising ? IndexStatus.UPDATING : IndexStatus.ACTIVE);
  }

  private static IndexProjection projection(ProjectedAttributes projection) {
    return new IndexProjection(
        projection.type(),
        projection.type() == ProjectionType.INCLUDE ? projection.nonKeyAttributes() : null);
  }

  private @Nullable PartitionCounters counters(PartitionPlacement placement) {
    return router.group(placement.group()).counters(placement.partition());
  }
}
