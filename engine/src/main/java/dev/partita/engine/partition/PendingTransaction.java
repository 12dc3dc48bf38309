package dev.partita.engine.partition;

/**
 * A transaction that holds items of a group.
 *
 * @param ledger the group that knows whether it is committed
 * @param preparedMillis group time, milliseconds since 1970
 */
public record PendingTransaction(
    TransactionId id, ReplicationGroupId ledger, long preparedMillis) {}
