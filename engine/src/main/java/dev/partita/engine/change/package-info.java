/**
 * The change log: what a partition records of each change for those who follow it, and the streams
 * that are views of it. {@code partition} writes it; the side flows read it.
 *
 * <p>Invariants: a record lies in the same write set as its change; sequences of a partition only
 * grow; what is trimmed is never read again.
 */
@NullMarked
package dev.partita.engine.change;

import org.jspecify.annotations.NullMarked;
