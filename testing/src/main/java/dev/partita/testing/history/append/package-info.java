/**
 * Transactions that append to lists and read them, and a checker that finds out from what was read
 * whether the transactions were serializable, in the manner of Elle (Kingsbury and Alvaro, "Elle:
 * Inferring Isolation Anomalies from Experimental Observations", VLDB 2020).
 *
 * <p>Every element is appended once in a history, so a list that was read tells which transactions
 * wrote it, and in which order. From that follow dependencies between transactions; a cycle of them
 * is an anomaly, of which Adya's classes say how bad it is. {@link
 * dev.partita.testing.history.append.ListAppendWorkload} records a history against endpoints,
 * {@link dev.partita.testing.history.append.ListAppendChecker} judges it.
 */
@NullMarked
package dev.partita.testing.history.append;

import org.jspecify.annotations.NullMarked;
