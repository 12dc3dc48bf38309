/**
 * The replication log: makes the write sets of one replication group durable, in order, and applies
 * them to the group's store.
 *
 * <p>Called by the group's writer in {@code engine}. Invariants: one entry is in flight; an entry
 * is applied only if its batch number is the last one plus one, wholly or not at all; an entry that
 * is reported as applied is durable; what is reported as not appended has changed nothing and never
 * will.
 */
@NullMarked
package dev.partita.replication;

import org.jspecify.annotations.NullMarked;
