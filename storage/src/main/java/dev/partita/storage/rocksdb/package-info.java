/**
 * The store on RocksDB, and the checks of its files that RocksDB leaves out. The only package that
 * imports {@code org.rocksdb}.
 *
 * <p>Called by {@code server} (opening, shared memory); everyone else sees {@code
 * dev.partita.storage}. Invariants: every native object is closed, after its last user; no native
 * call is made on a closed store; a store whose write-ahead log is damaged before its end is not
 * opened.
 */
@NullMarked
package dev.partita.storage.rocksdb;

import org.jspecify.annotations.NullMarked;
