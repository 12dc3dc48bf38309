/**
 * The load generator: drives any endpoint that speaks the DynamoDB API and reports throughput and
 * latency. Called by the {@code bench} command of {@code cli}; {@link dev.partita.bench.Benchmark}
 * is the way in.
 *
 * <p>Invariants: in an open loop a latency is counted from the moment the request was due, never
 * from the moment a connection was free for it; a request belongs to the measured window by its due
 * time; the hot path of an unsigned request allocates nothing and parses no JSON. One event loop
 * owns its connections, its random source and its histograms, so none of them is locked.
 */
@NullMarked
package dev.partita.bench;

import org.jspecify.annotations.NullMarked;
