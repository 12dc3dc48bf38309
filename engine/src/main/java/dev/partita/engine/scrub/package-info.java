/**
 * Proves that what is derived from a table equals what the table says: rows of local and global
 * indexes, marks of expiry, counts. {@link dev.partita.engine.scrub.IndexScrubber} runs a check in
 * bounded steps beside reads and writes; the admin endpoint starts it. Nothing is changed.
 *
 * <p>What lies in one partition is compared at one moment, in a snapshot. A row of a global index
 * follows its item later: a difference counts only if no change of the item was on its way while it
 * was looked at ({@link dev.partita.engine.scrub.Suspects}).
 *
 * <p>Invariants: a difference that is reported is one; memory is bounded, whatever is wrong.
 */
@NullMarked
package dev.partita.engine.scrub;

import org.jspecify.annotations.NullMarked;
