package dev.partita.engine.metadata;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.model.api.IndexStatus;
import dev.partita.model.api.OnDemandThroughput;
import dev.partita.model.api.WarmThroughput;
import org.jspecify.annotations.Nullable;

/**
 * A global secondary index: an internal table that the change log of its own table feeds.
 *
 * @param definition its number is the table id of the rows
 * @param backfilling whether rows of items that are older than the index are being made; false
 *     before that, while its partitions are made
 * @param readCapacityUnits provisioned units a second, 0 when on demand
 * @param writeCapacityUnits likewise
 * @param lastIncrease milliseconds since 1970, 0 for never
 * @param lastDecrease likewise
 */
public record GlobalIndexDescriptor(
    IndexDefinition definition,
    IndexStatus status,
    boolean backfilling,
    long readCapacityUnits,
    long writeCapacityUnits,
    long lastIncrease,
    long lastDecrease,
    @Nullable OnDemandThroughput onDemandThroughput,
    @Nullable WarmThroughput warmThroughput,
    PartitionMap partitionMap) {

  /** The name of the index. */
  public String name() {
    return definition.name();
  }

  /** Whether it can be read: it holds a row of every item that it should. */
  public boolean servesReads() {
    return switch (status) {
      case ACTIVE, UPDATING -> true;
      case CREATING, DELETING -> false;
    };
  }

  /** Whether changes of items are carried into it. */
  public boolean followsChanges() {
    return switch (status) {
      case CREATING, ACTIVE, UPDATING -> true;
      case DELETING -> false;
    };
  }

  /** With another place in its life. */
  public GlobalIndexDescriptor withStatus(IndexStatus newStatus, boolean newBackfilling) {
    return new GlobalIndexDescriptor(
        definition,
        newStatus,
        newBackfilling,
        readCapacityUnits,
        writeCapacityUnits,
        lastIncrease,
        lastDecrease,
        onDemandThroughput,
        warmThroughput,
        partitionMap);
  }

  /** With other throughput. */
  public GlobalIndexDescriptor withThroughput(
      long readUnits,
      long writeUnits,
      long newLastIncrease,
      long newLastDecrease,
      @Nullable OnDemandThroughput onDemand,
      @Nullable WarmThroughput warm) {
    return new GlobalIndexDescriptor(
        definition,
        status,
        backfilling,
        readUnits,
        writeUnits,
        newLastIncrease,
        newLastDecrease,
        onDemand,
        warm,
        partitionMap);
  }
}
