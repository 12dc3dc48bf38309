package dev.partita.engine.transaction;

import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.engine.partition.TransactionItem;

/**
 * What a transaction does to one item, and where.
 *
 * @param queuedBytes the memory that it holds while it waits
 */
public record PlannedAction(ReplicationGroupId group, TransactionItem item, int queuedBytes) {}
