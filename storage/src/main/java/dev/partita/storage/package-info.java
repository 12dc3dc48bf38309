/**
 * Ordered key-value storage: the port that the engine reads through, the write set that a log entry
 * carries, and the data directory.
 *
 * <p>Knows bytes, never items. Called by {@code engine} (reads), {@code replication} (writes) and
 * {@code server} (opening). Invariants: a store is only written by the replication log of its
 * group, one write set at a time; a read never returns bytes whose checksum does not hold; nothing
 * here blocks except on the disk. Formats are described in {@code docs/file-formats.md}.
 */
@NullMarked
package dev.partita.storage;

import org.jspecify.annotations.NullMarked;
