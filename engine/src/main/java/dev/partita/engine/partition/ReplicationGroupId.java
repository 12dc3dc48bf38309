package dev.partita.engine.partition;

/** Names a replication group of the cluster. Group 0 holds the metadata. */
public record ReplicationGroupId(int value) {}
