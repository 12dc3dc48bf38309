/**
 * The replication log of an embedded node: the store's write-ahead log is the log.
 *
 * <p>Called by {@code server}, which opens it, and through {@code ReplicationLog} by the engine.
 */
@NullMarked
package dev.partita.replication.local;

import org.jspecify.annotations.NullMarked;
