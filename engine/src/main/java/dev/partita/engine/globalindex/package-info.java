/**
 * Global secondary indexes follow the change logs of their table: one propagator for each partition
 * of the table reads new records, makes index rows of them and sends these to the partitions of the
 * indexes. Wired by {@code server}; nothing calls it but the change listener of the groups.
 *
 * <p>Invariants: the records of a partition are carried in order; an index partition takes each
 * once, whatever is sent again after a crash; what cannot be carried now waits in the change log,
 * and a long queue throttles the table's writes.
 */
@NullMarked
package dev.partita.engine.globalindex;

import org.jspecify.annotations.NullMarked;
