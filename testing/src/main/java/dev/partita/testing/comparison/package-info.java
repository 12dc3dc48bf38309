/**
 * Sends random operations to a server and to the reference model and compares every answer.
 *
 * <p>{@link dev.partita.testing.comparison.RandomisedComparison} is the entry point for tests,
 * {@link dev.partita.testing.comparison.RandomisedComparisonMain} for long runs. The server is
 * anything behind an {@link dev.partita.testing.comparison.Endpoint}: an HTTP address, or the model
 * itself with a deliberate mistake, which is how the comparison is tested. The server must answer
 * to one client at a time; eventually consistent reads must see the writes before them, as they do
 * on a single node.
 */
@NullMarked
package dev.partita.testing.comparison;

import org.jspecify.annotations.NullMarked;
