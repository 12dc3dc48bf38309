/**
 * A bare server that does the least any durable server of this API must do on this machine, and the
 * comparison of an endpoint with it. Called by the {@code bench} command.
 *
 * <p>Per PutItem: HTTP framing, one JSON parse and write, one read of the old item (a multiGet for
 * each drained queue), one RocksDB write with fsync for each drained queue. Per GetItem: framing, a
 * get, one JSON parse and write. One event loop, one writer. No validation, expressions, capacity,
 * indexes, streams or checksums of values: what a real server takes beyond this is its own cost.
 */
@NullMarked
package dev.partita.bench.ceiling;

import org.jspecify.annotations.NullMarked;
