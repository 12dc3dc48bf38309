/**
 * The request router: from the name of a table to its descriptor, from a key to its partition and
 * that partition's group; reads across partitions. Called by the operations.
 */
@NullMarked
package dev.partita.engine.router;

import org.jspecify.annotations.NullMarked;
