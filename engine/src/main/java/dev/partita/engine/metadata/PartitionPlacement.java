package dev.partita.engine.metadata;

import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroupId;

/**
 * Where a partition lies.
 *
 * @param firstHash the least hash of a partition key in it, compared unsigned; it ends where the
 *     next one starts
 */
public record PartitionPlacement(PartitionId partition, ReplicationGroupId group, long firstHash) {}
