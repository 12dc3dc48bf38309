/**
 * A replication group and the one writer that changes it. The router submits commands; the writer
 * takes all that wait, reads their keys at once, evaluates each over what is stored and what the
 * batch has changed so far, and logs one write set: items and counters. What a command does to an
 * item is its own affair ({@link dev.partita.engine.partition.ItemMutation}); this package knows no
 * request.
 *
 * <p>Invariants: only the writer changes a group; a command is answered only after its batch is
 * durable; partitions of a group do not overlap; side flows are never called from here.
 */
@NullMarked
package dev.partita.engine.partition;

import org.jspecify.annotations.NullMarked;
