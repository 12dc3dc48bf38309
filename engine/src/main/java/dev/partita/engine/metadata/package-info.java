/**
 * The metadata service: which tables there are, what they are like and where their partitions lie.
 * Held in a replication group of its own. The router and the operations read its descriptors, which
 * are immutable; only {@link dev.partita.engine.metadata.ControlPlane} changes them.
 *
 * <p>Invariants: table and partition ids are never used again; a descriptor is visible only after
 * it is durable; whatever a crash interrupts is finished at the next start.
 */
@NullMarked
package dev.partita.engine.metadata;

import org.jspecify.annotations.NullMarked;
