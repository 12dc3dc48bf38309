/**
 * Streams: the four operations that read them, and the upkeep of the change logs that they are
 * views of. Called by {@code operation.Engine} and started by the server; writes only through
 * commands to the groups.
 *
 * <p>Invariants: what was told once is told again the same (ids, sequence numbers, order) until it
 * is trimmed; a shard is read in order and to its end before its child; nothing is trimmed that an
 * index or a stream within its retention still needs.
 */
@NullMarked
package dev.partita.engine.stream;

import org.jspecify.annotations.NullMarked;
