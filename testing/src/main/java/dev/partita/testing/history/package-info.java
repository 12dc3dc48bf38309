/**
 * Histories of concurrent operations on single items, and a checker that decides whether they are
 * linearizable: whether every operation can be thought of as happening at one instant between its
 * request and its answer.
 *
 * <p>{@link dev.partita.testing.history.ConcurrentWorkload} records a history against endpoints,
 * {@link dev.partita.testing.history.LinearizabilityChecker} judges it. Operations whose outcome is
 * not known (a timeout, a 500) may have happened at any time after their request, or never. Items
 * are independent of each other, so each is judged alone.
 *
 * <p>Histories of transactions over several items have packages of their own, {@code bank} and
 * {@code append}; what their clients share is here.
 */
@NullMarked
package dev.partita.testing.history;

import org.jspecify.annotations.NullMarked;
